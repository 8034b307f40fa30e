# `make demo` and `make test` are all a newcomer needs; everything else is listed by `make help`.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.installed-run
TEST_STAMP := $(VENV)/.installed-test
DIST := static/dist/manifest.json
FRONT := $(shell find static -path static/dist -prune -o -type f -print) package.json package-lock.json

.PHONY: help install demo test test-all check format bench golden lock clean

help: ## say what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(RUN_STAMP): requirements.lock pyproject.toml
	@.ci/system-packages run
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(TEST_STAMP): $(RUN_STAMP) requirements-test.lock
	@.ci/system-packages test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

$(DIST): $(FRONT) | $(RUN_STAMP)
	@.ci/front-end

install: $(RUN_STAMP) $(DIST) ## prepare .venv with the mandat program and build the front end

demo: install ## run the demo coalition on http://127.0.0.1:8020
	@exec $(BIN)/mandat demo

check: $(TEST_STAMP) $(DIST) ## format, lint, types, import contracts, dependencies
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	@$(BIN)/deptry .

test: check ## everything a change must pass
	@$(BIN)/python -m pytest -n 2 --dist worksteal -m "not browser and not slow"
	@$(BIN)/python -m pytest -n 2 -m "browser and not slow"

test-all: $(TEST_STAMP) $(DIST) ## the database and web tests on PostgreSQL, and the slow tests
	@.ci/with-postgres $(BIN)/python -m pytest -n 2 tests/db tests/web
	@$(BIN)/python -m pytest -n 2 -m slow

format: $(TEST_STAMP) ## format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: install ## print the figures of the issues beside their targets
	@$(BIN)/mandat bench

golden: $(TEST_STAMP) $(DIST) ## rewrite the golden files, to be read as prose in the diff
	@$(BIN)/python -m pytest tests/golden tests/guards -m "not browser" --rewrite-golden -p no:randomly

lock: ## pin every dependency with its hashes
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command "make lock" --python-version 3.11 --extra build pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command "make lock" --python-version 3.11 --extra build --extra test pyproject.toml -o requirements-test.lock

clean: ## throw away what was installed and built (the demo's data in var/ stays)
	rm -rf $(VENV) node_modules static/dist build *.egg-info
