# make demo   sets everything up and runs the main job on the published figures
# make test   sets everything up and runs every check
# Both need Python 3.11 or later and nothing else; what they install stays in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: demo test lint build picture bench clean

demo: $(VENV)/ready
	$(BIN)/xlframework demo --out demo-out

test: lint
	$(BIN)/python -m pytest --numprocesses auto

lint: $(VENV)/ready-to-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The two workbooks and docs/rules.md that the repository keeps, from templates/ and
# workbook/editions/, and the Excel add-in, from workbook/addin/.
build: $(VENV)/ready-to-test
	$(BIN)/python -m xlframework.commands.build .
	$(BIN)/xlframework addin build

# The pictures in the README and in docs/, from what the demo made (needs LibreOffice
# and pdftoppm). The sheet Allocation is printed on page 9, Scenarios on page 12.
picture: demo
	soffice --headless --convert-to pdf --outdir demo-out/picture demo-out/commissioning-2024-25.xlsx
	pdftoppm -r 110 -f 9 -l 9 -H 480 -W 1287 -png -singlefile demo-out/picture/commissioning-2024-25.pdf docs/allocation
	pdftoppm -r 80 -f 12 -l 12 -H 540 -W 936 -png -singlefile demo-out/picture/commissioning-2024-25.pdf docs/scenarios
	soffice --headless --convert-to pdf --outdir demo-out/picture demo-out/appendix/commissioning-2024-25_2024-25-grants.xlsx
	pdftoppm -r 80 -png -singlefile demo-out/picture/commissioning-2024-25_2024-25-grants.pdf docs/grants
	$(BIN)/xlframework returns issue workbook/commissioning.xlsx --form csp-plan-budget --out demo-out/forms
	soffice --headless --convert-to pdf --outdir demo-out/picture demo-out/forms/csp-plan-budget_2024-25_Blaby-District-Council.xlsx
	pdftoppm -r 90 -l 1 -H 400 -png -singlefile demo-out/picture/csp-plan-budget_2024-25_Blaby-District-Council.pdf docs/form

bench: $(VENV)/ready-to-test
	$(BIN)/python benchmarks/refresh.py
	$(BIN)/python benchmarks/validate.py
	$(BIN)/python benchmarks/press.py

clean:
	rm -rf $(VENV) demo-out build dist

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "xlframework needs Python 3.11 or later; say which with: make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/ready: $(VENV)/bin/python pyproject.toml
	$(PIP) install --editable .
	@touch $@

$(VENV)/ready-to-test: $(VENV)/bin/python pyproject.toml
	$(PIP) install --editable '.[test]'
	@touch $@ $(VENV)/ready
