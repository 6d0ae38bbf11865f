# Every target sets up what it needs: Python 3.11+ and make are enough.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
DOSSIERS ?= 1000000

.PHONY: help demo test serve check bench torture lock mutants process

help:  ## what can be done here
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/.run: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit("Parcours needs Python 3.11 or newer: set PYTHON=…" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	@touch $@

# The command, for this folder: `.venv/bin/parcours`.
$(BIN)/parcours: $(VENV)/.run Makefile
	@printf '#!/bin/sh\nPYTHONPATH="%s" exec "%s" -m api.cli "$$@"\n' "$(CURDIR)" "$(CURDIR)/$(BIN)/python" > $@
	@chmod +x $@

$(VENV)/.dev: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit("Parcours needs Python 3.11 or newer: set PYTHON=…" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.run

demo: $(BIN)/parcours  ## a demonstration with data, on 127.0.0.1:8000 (PORT changes it)
	@$(BIN)/parcours demo --port $(PORT)

serve: $(BIN)/parcours  ## the service, configured by the environment
	@$(BIN)/parcours serve --port $(PORT)

check: $(VENV)/.dev  ## lint, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check  ## everything that must hold
	$(BIN)/pytest -n 2 --dist worksteal

bench: $(VENV)/.dev  ## ratios against a baseline of the same minute (DOSSIERS=100000 for a smaller country)
	$(BIN)/python -m tests.benchmarks.run --dossiers $(DOSSIERS)

torture: $(VENV)/.dev  ## 200 crashes, and not one event lost
	$(BIN)/pytest -q tests/kit --crashes 200

mutants: $(VENV)/.dev  ## mutation testing of the domain
	$(BIN)/mutmut run
	$(BIN)/python -m tests.mutants.review

process: $(VENV)/.dev $(BIN)/parcours  ## the picture of the process, from the data of `make demo`
	$(BIN)/parcours export ocel .parcours/courses.json
	$(BIN)/python -m tests.api.process .parcours/courses.json docs/process.svg

lock: $(VENV)/.dev  ## pin the current versions, with hashes
	$(BIN)/uv pip compile -q pyproject.toml --generate-hashes --no-emit-index-url --no-header --universal -p 3.11 -U -o requirements.txt
	$(BIN)/uv pip compile -q pyproject.toml --extra dev --generate-hashes --no-emit-index-url --no-header --universal -p 3.11 -U -o requirements-dev.txt
