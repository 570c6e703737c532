#!/usr/bin/env bash
# Resolves pyproject.toml into requirements/{run,dev}.lock: exact versions with hashes, for every Python from 3.11 on.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/python -m pip install --quiet uv
compile() {
  .venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header \
    pyproject.toml requirements/build.in "${@:2}" -o "requirements/$1.lock"
}
compile run --extra web
compile dev --all-extras
