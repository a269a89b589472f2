# Everything needs nothing but Python ≥ 3.11, make and git: the first target makes .venv and installs the pins.
# The first interpreter that really runs and is new enough: a shim may stand in the path for one that is not there.
PYTHON ?= $(firstword $(foreach p,python3 python3.13 python3.12 python3.11,$(shell $(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $(p))))
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO_DB := sqlite:///demo/prikaz.db

.PHONY: demo test check format lint types golden fuzz bench chaos pins schema readme

demo: $(READY)  ## import the fixture orders, print what is in them, write demo/
	@rm -rf demo && mkdir demo
	$(BIN)/prikaz import fixtures/orders/*/order.docx fixtures/orders/*/order.pdf --db $(DEMO_DB)
	@$(BIN)/prikaz list --counts --db $(DEMO_DB)
	@$(BIN)/prikaz export --db $(DEMO_DB) -o demo/export.json
	@echo "База: demo/prikaz.db, выгрузка: demo/export.json"

test: $(READY)
	$(BIN)/pytest -q -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

check: format lint types
	$(MAKE) test

format: $(READY)
	$(BIN)/ruff format --check .

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

golden: $(READY)  ## write the goldens of fixtures/orders anew; read the difference before it is committed
	-PRIKAZ_GOLDEN=1 $(BIN)/pytest -q tests/test_fixtures.py
	git --no-pager diff --stat -- fixtures

fuzz: $(READY)  ## many random orders, made, typeset and read back
	PRIKAZ_FUZZ=1000 $(BIN)/pytest -q tests/test_roundtrip.py

bench: $(READY)
	$(BIN)/python -m benchmarks

schema: $(READY)
	$(BIN)/prikaz schema > schemas/prikaz-1.0.schema.json

readme: $(READY)  ## the generated command list of README.md
	$(BIN)/python -m tools.readme

chaos: $(READY)  ## 1,000 mutated files, kills of parent and worker at 30 moments each, every stop, 5,000 documents: an hour; the figures come last
	PRIKAZ_CHAOS=1 PRIKAZ_MUTANTS=1000 $(BIN)/pytest -q tests/test_hostile.py tests/test_chaos.py tests/test_batch_stop.py tests/test_batch_disk.py

pins: $(READY)  ## write requirements*.txt from what is installed
	$(BIN)/python -m tools.pins

$(READY): requirements-dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Нужен Python 3.11 или новее"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Нужен Python 3.11 или новее: make PYTHON=/путь/к/python3"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Установите модуль venv: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@
