#!/usr/bin/env bash
# Runs every test: all of them on SQLite, then those of the web again on a PostgreSQL server started for the purpose.
# Programs outside Python are installed where that is possible; a part that cannot run says so loudly.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/programs.sh

want chromium chromium "the browser tests"
want_postgresql
want_font fonts-noto-cjk "looking at pages in a browser"

.venv/bin/pytest -n auto "$@"

if [ -d tests/web ] && postgresql_found; then
  start_postgresql
  trap stop_postgresql EXIT
  echo "== the tests of the web again, on PostgreSQL"
  GONGKAI_DATABASE_URL="$POSTGRESQL_URL" .venv/bin/pytest -n auto tests/web -m "not browser"
fi
