#!/usr/bin/env bash
# Runs every test. Parts that need a program outside Python install it where they can and say loudly when they cannot.
set -euo pipefail
cd "$(dirname "$0")/.."
exec .venv/bin/pytest -n auto "$@"
