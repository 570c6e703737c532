#!/usr/bin/env bash
# Runs every benchmark in turn on an otherwise idle machine and prints its figures.
set -euo pipefail
cd "$(dirname "$0")/.."
for script in benchmarks/bench_*.py; do
  echo "== $script"
  .venv/bin/python "$script"
done
