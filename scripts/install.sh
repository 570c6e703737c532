#!/usr/bin/env bash
# Makes .venv with the pinned packages of requirements/<name>.lock and this project, editable.
# Usage: scripts/install.sh run|dev
set -euo pipefail
cd "$(dirname "$0")/.."
name=$1
python=${PYTHON:-python3}

"$python" - <<'PY' || { echo "Gongkai needs Python 3.11 or newer; set PYTHON=/path/to/python3.11" >&2; exit 1; }
import sys
sys.exit(sys.version_info < (3, 11))
PY

if [ ! -x .venv/bin/python ]; then
  # Debian parts `venv` from `python3`: install it where that is possible, else fall back on pip's virtualenv.
  "$python" -m venv .venv 2>/dev/null || {
    rm -rf .venv
    echo "python3-venv is missing: trying to install it" >&2
    { [ "$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq python3-venv && "$python" -m venv .venv; } \
      || { "$python" -m pip install --quiet --user virtualenv && "$python" -m virtualenv --quiet .venv; }
  }
fi

echo "installing the packages of requirements/$name.lock …" >&2
export PIP_DISABLE_PIP_VERSION_CHECK=1
.venv/bin/python -m pip install --quiet --require-hashes -r "requirements/$name.lock"
.venv/bin/python -m pip install --quiet --no-deps --no-build-isolation -e .
touch ".venv/$name.stamp"
[ "$name" = dev ] && touch .venv/run.stamp || true
