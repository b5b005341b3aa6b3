# The two commands:  make run   seeds/ -> output/      make test   lint, types, tests
# Python 3.11 to 3.13; name another with  make run PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SEEDS ?= seeds
OUTPUT ?= output
CORPORA ?= corpora
CHECKPOINT ?= checkpoint.pt
MINUTES ?= 115
PINS := -c constraints.txt

.PHONY: run test model bench clean

run: $(VENV)/.run
	$(BIN)/kg build $(SEEDS) -o $(OUTPUT)

test: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest

# CORPORA is a folder with the unpacked corpora that docs/ and the model card name; takes twice MINUTES on 4 processors.
model: $(VENV)/.train
	$(BIN)/python -m training.train --corpora $(CORPORA) --out $(CHECKPOINT).first --minutes $(MINUTES) --news
	$(BIN)/python -m training.package $(CHECKPOINT).first --corpora $(CORPORA) --folder $(CHECKPOINT).reader
	$(BIN)/python -m training.silver $(CHECKPOINT).reader --corpora $(CORPORA) --out $(CHECKPOINT).trees
	$(BIN)/python -m training.rereading --model $(CHECKPOINT).reader --corpora $(CORPORA) --examples $(CHECKPOINT).facts
	$(BIN)/python -m training.train --corpora $(CORPORA) --start $(CHECKPOINT).first --silver $(CHECKPOINT).trees \
		--second-look $(CHECKPOINT).facts --out $(CHECKPOINT) --minutes $(MINUTES) --news
	$(BIN)/python -m training.package $(CHECKPOINT) --corpora $(CORPORA)
	$(BIN)/python -m training.rereading --corpora $(CORPORA)
	$(BIN)/python -m training.calibrate --corpora $(CORPORA)

# The speed of a build on the texts of TEXTS; with CORPORA at hand also the quality of every part.
TEXTS ?= $(SEEDS)
bench: $(VENV)/.run
	$(BIN)/python -m benchmarks.speed --texts $(TEXTS)
	@test -d $(CORPORA) || echo "no corpora in $(CORPORA): name their folder with CORPORA=DIR (benchmarks/README.md)"
	@test ! -d $(CORPORA) || for part in parsing names relations coreference open_relations marks; do \
		$(BIN)/python -m benchmarks.$$part --corpora $(CORPORA) || exit 1; done

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
		|| { echo "Python 3.11, 3.12 or 3.13 is needed: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install -q $(PINS) -e .
	@touch $@

$(VENV)/.test: $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install -q $(PINS) -e '.[test]'
	@touch $@ $(VENV)/.run

$(VENV)/.train: $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install -q $(PINS) -e '.[train]'
	@touch $@ $(VENV)/.run
