#!/usr/bin/env bash
# Everything a change must satisfy apart from the tests. Prints what failed and goes on, so that one run shows all.
set -uo pipefail
cd "$(dirname "$0")/.."
status=0
step() {
  local title=$1
  shift
  if "$@"; then echo "ok      $title"; else echo "FAILED  $title" >&2; status=1; fi
}
bin=.venv/bin
step "formatting" $bin/ruff format --check --quiet .
step "lint" $bin/ruff check --quiet .
step "templates" $bin/djlint --lint --quiet src/gongkai_web
step "types" $bin/mypy --no-error-summary
step "import rules" $bin/lint-imports --no-cache --config pyproject.toml
step "reference not stale" $bin/python scripts/generate_reference.py --check
step "documentation" $bin/mkdocs build --strict --quiet --site-dir build/docs
exit $status
