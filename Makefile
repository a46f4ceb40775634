# Targets of sohoa. `make` alone shows them.

VENV   := .venv
PYTHON ?= python3
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check

SCANS ?= samples/scans
OUT   ?= out

SPLIT ?= dev
COUNT ?= 60
SEED  ?= 1

.DEFAULT_GOAL := help
.PHONY: help run test check bench bench-accuracy bench-pages bench-entities scorer entities samples clean tools tools-samples

help: ## Show this help
	@echo "sohoa: scanned Vietnamese reports into a dataset that can be trusted"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "  make run SCANS=/path/to/scans OUT=/path/to/result     reads your own scans"

run: tools $(VENV)/.installed ## Install what is missing, read the sample scans, say where the tables lie
	$(BIN)/sohoa run $(SCANS) --out $(OUT)

test: tools-samples $(VENV)/.installed-dev ## Run all tests
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/.installed-dev ## Lint, format, types, import order
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: tools $(VENV)/.installed-dev ## Measure: time beside Tesseract, one worker against two
	$(BIN)/python benchmarks/run_cost.py $(SCANS)

bench-accuracy: tools-samples $(VENV)/.installed-dev ## Measure: fields right by kind of scan, on generated reports (SPLIT=dev COUNT=60 SEED=1)
	$(BIN)/python -m benchmarks.accuracy --split $(SPLIT) --count $(COUNT) --seed $(SEED) $(ARGS)

bench-pages: tools-samples $(VENV)/.installed-dev ## Measure: text, lines, zones and tables of pages beside plain Tesseract (SPLIT=dev COUNT=60 SEED=1)
	$(BIN)/python -m benchmarks.pages --split $(SPLIT) --count $(COUNT) --seed $(SEED) $(ARGS)

scorer: tools-samples $(VENV)/.installed-dev ## Learn again which field a figure answers and which topic a heading names (COUNT=1200)
	$(BIN)/python -m models.scorer $(ARGS)

bench-entities: tools-samples $(VENV)/.installed-dev ## Measure: F1 of entities on text and on photocopies (SPLIT=dev COUNT=60 SEED=1)
	$(BIN)/python -m benchmarks.entities --split $(SPLIT) --count $(COUNT) --seed $(SEED) $(ARGS)

entities: $(VENV)/.installed-dev ## Train the net that finds entities anew (models/entities)
	OMP_NUM_THREADS=1 $(BIN)/python -m models.entities $(ARGS)

samples: tools-samples $(VENV)/.installed-dev ## Draw samples/scans and samples/truth again with the generator
	$(BIN)/python -m samples.generator.renew

clean: ## Remove the virtual environment, caches and results of `make run`
	rm -rf $(VENV) out build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

tools:
	@sh .ci/tools.sh

tools-samples:
	@sh .ci/tools.sh samples

# The stamps hold the environment to its lock files: nothing is installed twice.
$(VENV)/bin/python: | tools
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "sohoa needs Python 3.11 or newer; say where with: make $(MAKECMDGOALS) PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml setup.py | $(VENV)/bin/python
	$(PIP) install --quiet --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock pyproject.toml setup.py | $(VENV)/bin/python
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.installed
