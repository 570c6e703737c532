# The targets people use. `make` alone lists them; nothing else has to be installed or run first.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
BIND ?= 127.0.0.1:8000
.DEFAULT_GOAL := help
.PHONY: help run example test check format bench docs law-audit lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: example  ## install, check the example report, then start portal and back office with demo data (BIND=127.0.0.1:8000)
	@$(BIN)/gongkai demo --serve --bind $(BIND)

example: .venv/run.stamp  ## install, then read, check and write the bundled example report
	@$(BIN)/python -m gongkai.cli.example

test: .venv/dev.stamp  ## install, then run every test
	@scripts/test.sh

check: .venv/dev.stamp  ## formatting, lint, templates, types, import rules, docs built and not stale
	@scripts/check.sh

format: .venv/dev.stamp  ## format the code
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: .venv/dev.stamp  ## measure speed and accuracy beside named peers
	@scripts/bench.sh

docs: .venv/dev.stamp  ## rewrite the generated reference and build the documentation into build/docs
	@$(BIN)/python scripts/generate_reference.py && $(BIN)/mkdocs build --strict --quiet --site-dir build/docs

law-audit: .venv/run.stamp  ## list the values of the law that are unchecked or stale
	@$(BIN)/python -m gongkai.law.audit

lock: .venv/dev.stamp  ## resolve the pinned versions anew
	@scripts/lock.sh

clean:  ## remove what the targets made
	rm -rf .venv build var .pytest_cache .mypy_cache .ruff_cache

.venv/%.stamp: requirements/%.lock pyproject.toml
	@PYTHON=$(PYTHON) scripts/install.sh $*
