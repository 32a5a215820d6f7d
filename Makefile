# `make help` lists the targets. Each needs Python 3.11 or later and make alone: it makes .venv first, once.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash

# The first interpreter that runs and is new enough; a shim of a version manager may be there and not run.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Tests run side by side where there are cores for it.
WORKERS ?= auto
# They start a hundred processes, each of which would compile all that it imports again.
unexport PYTHONDONTWRITEBYTECODE
# None of these takes minutes: one that does hangs, and fails.
ORDINARY := -m 'not long and not redis and not browser' -o faulthandler_exit_on_timeout=true
# Whether wrapper and specification fit each other, in seconds; what `make check-fast` tests unless it is told.
FIT := tests/fit/test_fit.py tests/wrapper/test_specification_facts.py
TESTS ?= $(FIT)
STATIC := check-types check-format check-lint check-imports

.PHONY: help setup demo fit test test-long test-plain test-redis test-browser test-pythons coverage generate \
	check check-fast $(STATIC) check-requirements check-specification check-drift check-tests api format \
	conformance conformance-teeth mutants mock bench bench-compare bench-count docs package lowest clean

help: ## lists the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## makes .venv with everything that the other targets need, pinned

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "make: Python 3.11 or later is needed and was not found; name one with PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: $(PYTHON) is older than Python 3.11" >&2; exit 1; }
	@$(PYTHON) scripts/generation.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
		--group dev --editable '.[aiohttp,arrow,cli,mock,pandas,plot,polars,redis,speed,strict]'
	@touch $@

demo: $(READY) ## the main job: a simulated API, a fleet, a system's week and lifetime
	@$(BIN)/python scripts/demo.py

fit: $(READY) ## whether wrapper and specification fit each other, in seconds; RENEW=yes once all has been done
	@$(if $(RENEW),PYTHONPATH=scripts $(BIN)/python -m tests.fit.renew)
	@$(BIN)/python -m pytest --quiet -rN $(FIT)

test: fit ## all tests but the long ones; `fit` comes first, and stops it with its one message
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ORDINARY) --quiet

test-long: $(READY) ## the tests that are too long for `make test`
	@$(BIN)/python -m pytest -n $(WORKERS) -m long --quiet

# Each is made to look absent by a module of its name that comes first.
test-plain: $(READY) ## the tests of reading and calling as without the extras that make it faster
	@PYTHONPATH=tests/absent $(BIN)/python -m pytest -n $(WORKERS) $(ORDINARY) --quiet \
		tests/wrapper tests/generated tests/conformance

test-redis: $(READY) ## the tests of the quota in Redis; need Debian's redis-server
	@$(BIN)/python -m pytest -m redis --quiet

test-browser: $(READY) ## the page of the simulated API in headless Chromium; needs Debian's chromium
	@$(BIN)/python -m pytest -m browser --quiet

coverage: $(READY) ## branch coverage of the wrapper by its own tests, 98 % at least
	@$(BIN)/python -m pytest tests/wrapper tests/toy tests/fit -n $(WORKERS) $(ORDINARY) --quiet \
		--cov --cov-report=term --cov-fail-under=98

test-pythons: $(READY) ## the tests on each of Python 3.11, 3.12 and 3.13 that the machine has
	@$(BIN)/python scripts/test_pythons.py

generate: $(READY) ## overlay onto specification, then the generator; the methods and the sync half of the wrapper
	@$(BIN)/python scripts/generate.py
	@$(BIN)/python scripts/generate_methods.py
	@$(BIN)/python scripts/generate_sync.py

check: fit $(STATIC) check-requirements check-specification check-drift api test ## format, lint, types, import rules, specification, drift, public API, and all tests

check-fast: $(READY) ## while you work: format, lint, types, import rules, and the tests that TESTS= names
	@$(MAKE) --no-print-directory --keep-going --jobs 2 $(if $(filter output-sync,$(.FEATURES)),--output-sync) \
		check-tests $(STATIC)

check-format: $(READY)
	$(BIN)/ruff format --check .

check-lint: $(READY)
	$(BIN)/ruff check .

check-types: $(READY)
	$(BIN)/mypy

check-imports: $(READY)
	$(BIN)/lint-imports

check-tests: $(READY)
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ORDINARY) --quiet $(TESTS)

check-requirements: $(READY)
	$(BIN)/deptry .

check-specification: $(READY)
	$(BIN)/python scripts/overlay.py --validate enlighten.yaml enlighten.overlay.yaml
	$(BIN)/python scripts/overlay.py --validate enlighten-v4.yaml enlighten-v4.overlay.yaml

check-drift: $(READY)
	$(BIN)/python scripts/generate.py --check
	$(BIN)/python scripts/generate_methods.py --check
	$(BIN)/python scripts/generate_sync.py --check

api: $(READY) ## compares the public API with that of the last release; a release describes it again with RENEW=yes
	@$(BIN)/python scripts/public_api.py $(if $(RENEW),--renew)

format: $(READY) ## formats the code and fixes what the linter can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

mock: $(READY) ## serves the simulated API on loopback until stopped
	@$(BIN)/python -m enlighten_mock

docs: $(READY) ## the documentation site in build/site, strict
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet

package: $(READY) ## sdist and wheel in dist/, and the wheel tried in an empty environment
	@$(BIN)/python scripts/package.py

lowest: $(READY) ## the tests marked `lowest`, with the lowest versions that pyproject.toml allows; needs Python 3.11
	@$(BIN)/python scripts/test_lowest.py

conformance: $(READY) ## the schema-driven suite at length; EXAMPLES=, or BASE_URL= and HITS= for a live target
	@$(BIN)/python scripts/conformance.py

conformance-teeth: $(READY) ## shows that the suite finds each of a set of seeded faults
	@$(BIN)/python -m pytest -n $(WORKERS) -m long --quiet tests/conformance/test_seeded_faults.py

mutants: $(VENV)/.mutmut ## small changes of the library that no test notices; ROOM= for one part, CHILDREN= processes
	@$(BIN)/python scripts/mutants.py $(if $(CHILDREN),--children $(CHILDREN)) $(ROOM)

# Apart from the rest, because hardly anybody needs it and it brings 25 MB.
$(VENV)/.mutmut: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group mutants
	@touch $@

bench: $(READY) ## the benchmark table, each row a ratio within one run; also build/bench.json
	@$(BIN)/python bench/run.py

bench-compare: $(READY) ## the benchmark table of two revisions; BASE=<rev>
	@test -n "$(BASE)" || { echo "make bench-compare: name a revision with BASE=" >&2; exit 2; }
	@$(BIN)/python bench/compare.py $(BASE)

bench-count: $(READY) ## what reading takes in instructions: figures that do not depend on the machine's speed
	@$(BIN)/python bench/counting.py

clean: ## removes what the other targets made, .venv too
	rm -rf $(VENV) .venv-* build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage*
