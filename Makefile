# `make run` and `make test` need only Python 3.11 or newer, make and the package registries.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_MARK := $(VENV)/.ready-to-run
TEST_MARK := $(VENV)/.ready-to-test

N ?= 10000

# What is compiled is kept, whatever the surroundings say: the tests start the service dozens of times.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run setup test test-database test-heavy tour demo-scale check fix documents locks clean

run: $(RUN_MARK) ## set everything up and serve the register on demonstration data
	@exec $(BIN)/ap-register serve --demonstration

setup: $(RUN_MARK) ## only set up what `make run` needs

test: $(TEST_MARK) ## set everything up and run every quick test
	@$(BIN)/python -m pytest -n 3 -m "not heavy"

test-heavy: $(TEST_MARK) ## kill, race and scale tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m heavy

tour: $(TEST_MARK) ## tell a provider's way onto the register and off it, by HTTP, on a register of its own
	@$(BIN)/python -m tests.tour

test-database: $(TEST_MARK) ## the tests of what the database does itself; PG_BIN_DIR chooses another PostgreSQL
	@$(BIN)/python -m pytest -n 3 -m "not heavy" tests/db tests/ledger tests/places tests/register tests/migrations \
	  tests/outbox tests/children tests/placements tests/providers/service tests/inspections/service

demo-scale: $(RUN_MARK) ## write a demonstration of N providers in bulk, in a folder of its own: N=100000 make demo-scale
	@DATA_DIR=$${DATA_DIR:-.data/scale-$(N)} $(BIN)/ap-register demo --providers $(N)

check: $(TEST_MARK) ## what CI runs before the tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy

fix: $(TEST_MARK) ## mend what can be mended by machine
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

documents: $(TEST_MARK) ## write openapi/, schemas/ and migrations/schema.sql anew
	@$(BIN)/ap-register export documents

locks: ## write the lock files anew (needs uv)
	@for group in "" local dev; do \
	  uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
	    --python-version 3.11 pyproject.toml $${group:+--group $$group} \
	    -o requirements$${group:+-$$group}.lock || exit 1; done
	@uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --python-version 3.11 --group pyproject.toml:clients -o requirements-clients.lock

clean: ## remove what was installed and built, and the local data
	rm -rf $(VENV) .data app/pages/static/vendor app/pages/frontend/node_modules

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with PYTHON=..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python cannot make virtual environments here; on Debian install python3-venv."; exit 1; }

$(RUN_MARK): $(VENV)/pyvenv.cfg requirements-local.lock requirements-node.lock pyproject.toml app/pages/frontend/package-lock.json
	@echo "Setting up; the first time this takes a minute or two."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-local.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@{ command -v npm && command -v node; } >/dev/null || \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-node.lock
	@$(BIN)/python -m app.pages.assets
	@touch $@

$(TEST_MARK): $(RUN_MARK) requirements-dev.lock tests/openid/package-lock.json
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m tests.openid.installing
	@touch $@
