# Meritum: `make help` lists what can be done.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
STAMPS := .venv/.stamps
export PYTHONDONTWRITEBYTECODE := 1
# Where changes are checked, tests run in the order they are written in; elsewhere in any.
ORDER := $(if $(CI),-p no:randomly)
MERIT_TESTS := tests/unit/exams/merit tests/unit/exams/psychometrics tests/unit/exams/fairness tests/property/merit tests/property/psychometrics tests/cases

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

run: $(STAMPS)/run assets .env ## Install, prepare an embedded database with demonstration data, and serve it
	@bash tools/system.sh run
	@set -a && . ./.env && set +a && MERITUM_DEMONSTRATION=on MERITUM_SECOND_FACTOR=off $(BIN)/meritum demonstrate --serve

test: $(STAMPS)/dev assets ## Install what tests need and run them all: SQLite, PostgreSQL, browser
	@bash tools/system.sh test
	$(BIN)/python -m pytest -q $(ORDER) -n 2 --dist loadfile --db sqlite
	$(BIN)/python -m pytest -q $(ORDER) -n 2 --dist loadfile --db pg -m "not browser and not slow" tests/integration tests/architecture

check: $(STAMPS)/dev ## Lint, types, imports, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy app
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates

coverage: $(STAMPS)/dev ## Hold the merit core at every line and branch, by its own tests
	CI=1 $(BIN)/python -m pytest -q -p no:randomly $(MERIT_TESTS) \
		--cov=app/exams/merit --cov-branch --cov-fail-under=100 --cov-report=term-missing:skip-covered

mutants: $(STAMPS)/dev ## Try small wrong changes of the merit core that are not known to be noticed; ALL=1 tries all (an hour)
	CI=1 nice -n 15 $(BIN)/python -m tests.mutation --kept docs/mutation.json --into docs/mutation.md $(if $(ALL),--all)

bench: $(STAMPS)/dev ## Measure speed as ratios, side by side in one run
	$(BIN)/python -m tests.bench $(if $(LARGE),--large)
	$(BIN)/python -m tests.bench.importing
	$(BIN)/python -m tests.bench.previewing
	$(BIN)/python -m tests.bench.publishing

load: $(STAMPS)/dev ## Play deadline night: 5,000 submissions, 50,000 views, a server killed on the way (DB=pg for PostgreSQL)
	$(BIN)/python -m tests.load --db $(or $(DB),sqlite)

scale-check: $(STAMPS)/dev ## Prove one list of a million people on DuckDB, PostgreSQL and Spark (needs Java 17)
	@command -v java >/dev/null || { echo "Spark needs Java 17 or newer; install it, for example default-jdk-headless."; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pyspark==4.3.0'
	$(BIN)/python -m tests.bench.proving

demo: $(STAMPS)/run .env ## Fill an empty database with the demonstration data, without serving
	@set -a && . ./.env && set +a && MERITUM_DEMONSTRATION=on $(BIN)/meritum demonstrate

assets: static/dist/manifest.json ## Build styles and scripts into static/dist

static/dist/manifest.json: $(STAMPS)/run $(wildcard assets/*.json assets/*.mjs assets/scss/* assets/js/* assets/images/*)
	@bash tools/assets.sh

.env:
	@umask 077 && $(PYTHON) -c "import secrets; print('SECRET_KEY=' + secrets.token_urlsafe(48))" > .env

$(STAMPS)/venv:
	@bash tools/system.sh venv
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: requirements.lock pyproject.toml | $(STAMPS)/venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(STAMPS)/dev: requirements-dev.lock $(STAMPS)/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

messages: $(STAMPS)/dev ## Gather the texts to translate into translations/
	@bash tools/messages.sh

lock: ## Resolve the dependencies anew, with hashes and no hosts
	$(BIN)/uv pip compile -q pyproject.toml --universal --generate-hashes --no-header --python-version 3.11 -o requirements.lock
	$(BIN)/uv pip compile -q pyproject.toml --extra test --extra dev --universal --generate-hashes --no-header --python-version 3.11 -c requirements.lock -o requirements-dev.lock

clean: ## Remove what was built and the demonstration's data (var/)
	rm -rf var static/dist assets/node_modules .venv

.PHONY: help run test load check coverage mutants bench scale-check demo assets messages lock clean
