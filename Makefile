# make run: set everything up, harvest the sample portals, serve the site.   make test: set up and run the tests.
PYTHON ?= python3
PORT ?= 8000
BIN = .venv/bin
export PORT

.PHONY: run test bench lint setup setup-test translations clean

run: setup
	$(BIN)/qoima demo --port $(PORT)

test: lint
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder --durations 15 $(TESTS)

bench: setup-test
	$(BIN)/python -m tests.benchmarks $(ONLY)

lint: setup-test
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

setup: .venv/installed .venv/frontend .venv/translations
setup-test: setup .venv/installed-test

.venv/installed: setup.cfg pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Qoima needs Python 3.11 or newer; set PYTHON=python3.x")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing packages (about a minute the first time) …"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[postgresql,ml]'
	@touch $@

.venv/installed-test: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[postgresql,ml,test]'
	@touch $@

.venv/frontend: package.json package-lock.json web/frontend.py web/outline.py $(wildcard web/static/*.css web/static/*.js web/static/*.svg) .venv/installed
	$(BIN)/python -m web.frontend
	@touch $@

.venv/translations: $(wildcard web/translations/*/LC_MESSAGES/*.po) .venv/installed
	$(BIN)/pybabel --quiet compile --directory web/translations --use-fuzzy
	@touch $@

clean:
	rm -rf .venv node_modules web/static/vendor
