# Targets of sohoa. `make` alone shows them.

VENV   := .venv
TRAIN  := .venv-train
PYTHON ?= python3
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check

SCANS ?= samples/scans
OUT   ?= out

SPLIT ?= dev
COUNT ?= 60
SEED  ?= 1

MINUTES ?= 120

.DEFAULT_GOAL := help
.PHONY: help run test check docs bench bench-scale bench-accuracy bench-pages bench-entities bench-speed bench-understanding bench-review scorer entities consensus scribble confidence reader samples clean tools tools-samples

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

docs: $(VENV)/.installed-dev ## Build the documentation as a site, with warnings as errors, into out/site
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

bench: tools $(VENV)/.installed-dev ## Measure: time beside Tesseract, one worker against two
	$(BIN)/python benchmarks/run_cost.py $(SCANS)

bench-scale: tools $(VENV)/.installed-dev ## Measure: two workers against one, Dask against processes, what a page costs (writes docs/scale.md)
	$(BIN)/python -m benchmarks.scale $(SCANS) --document docs/scale.md $(ARGS)

bench-accuracy: tools-samples $(VENV)/.installed-dev ## Measure: fields right by kind of scan, on generated reports (SPLIT=dev COUNT=60 SEED=1)
	$(BIN)/python -m benchmarks.accuracy --split $(SPLIT) --count $(COUNT) --seed $(SEED) $(ARGS)

bench-pages: tools-samples $(VENV)/.installed-dev ## Measure: text, lines, zones and tables of pages beside plain Tesseract (SPLIT=dev COUNT=60 SEED=1)
	$(BIN)/python -m benchmarks.pages --split $(SPLIT) --count $(COUNT) --seed $(SEED) $(ARGS)

bench-understanding: tools-samples $(VENV)/.installed-dev ## Measure: stored documents understood a second on one core, by part (ARGS="--count 30")
	$(BIN)/python -m benchmarks.understanding $(ARGS)

bench-review: tools-samples $(VENV)/.installed-dev ## Measure: the review page over 10 000 documents in a browser (writes docs/review.md)
	$(BIN)/python -m benchmarks.review --document docs/review.md $(ARGS)

scorer: tools-samples $(VENV)/.installed-dev ## Learn again which field a figure answers and which topic a heading names (ARGS="--count 1200")
	$(BIN)/python -m models.scorer $(ARGS)

bench-entities: tools-samples $(VENV)/.installed-dev ## Measure: F1 of entities on text and on photocopies (SPLIT=dev COUNT=60 SEED=1)
	$(BIN)/python -m benchmarks.entities --split $(SPLIT) --count $(COUNT) --seed $(SEED) $(ARGS)

entities: $(VENV)/.installed-dev ## Train the net that finds entities anew (models/entities)
	OMP_NUM_THREADS=1 $(BIN)/python -m models.entities $(ARGS)

bench-speed: tools-samples $(VENV)/.installed-dev .venv-speed/.installed ## Measure: pages a second beside pytesseract, OCRmyPDF and kreuzberg
	$(BIN)/python -m benchmarks.speed --document docs/speed.md --picture docs/images/speed.png $(ARGS)

consensus: tools-samples $(VENV)/.installed-dev ## Fit what two readings of a line are worth (after every change of the line reader's weights)
	$(BIN)/python -m models.consensus.fit $(ARGS)

scribble: tools-samples $(VENV)/.installed-dev ## Learn again what readers make of signatures, seals and dirt (after every change of reading)
	OMP_NUM_THREADS=1 OMP_THREAD_LIMIT=1 $(BIN)/python -m models.scribble $(ARGS)

confidence: tools-samples $(VENV)/.installed-dev ## Fit the confidence anew (hours: it draws and reads 220 scans; ARGS="--run DIR" takes read ones, "--reviewed DIR" what people decided)
	OMP_NUM_THREADS=1 $(BIN)/python -m models.confidence $(ARGS)

samples: tools-samples $(VENV)/.installed-dev ## Draw samples/scans and samples/truth again with the generator
	$(BIN)/python -m samples.generator.renew

reader: tools-samples $(TRAIN)/.installed ## Train the line reader, go on from its last checkpoint (MINUTES=120; SMOKE=1: a tiny one in 3 minutes)
ifdef SMOKE
	$(TRAIN)/bin/python -m models.reader.smoke
else
	$(TRAIN)/bin/python -m models.reader.train --minutes $(MINUTES)
	$(TRAIN)/bin/python -m models.reader.export
	$(TRAIN)/bin/python -m models.reader.evaluate
endif

clean: ## Remove the virtual environment, caches and results of `make run`
	rm -rf $(VENV) $(TRAIN) out build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

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

# Beside the environment of the product, because torch is needed for training alone.
$(TRAIN)/.installed: requirements-dev.lock models/reader/requirements.txt | tools
	$(PYTHON) -m venv $(TRAIN)
	$(TRAIN)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements-dev.lock
	$(TRAIN)/bin/python -m pip --disable-pip-version-check install --quiet -r models/reader/requirements.txt
	@touch $@

# The tools that sohoa is timed beside live apart from it.
.venv-speed/.installed: benchmarks/speed/requirements.txt
	$(PYTHON) -m venv .venv-speed
	.venv-speed/bin/python -m pip --disable-pip-version-check install --quiet -r benchmarks/speed/requirements.txt
	@touch $@
