# Everything a person types. `make help` lists the targets with their comments.

.DEFAULT_GOAL := help
.PHONY: help run test any-day check format lock bench mutants soak screenshots clean

# The first Python that is new enough; `make PYTHON=/some/python3.13` chooses another.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV := .venv/bin
# Tests and checks are lent a throw-away database; see tools/runner/testing.py.
LEND := $(VENV)/python -m tools.runner.testing
PACKAGES := tools config competencies evaluation finance bookings courses partnerships outbox tenancy govuk
# More for pytest, as in `make test PYTEST="-k invoice -x"`.
PYTEST ?=
export PORT MINUTES SEED
# Compiled modules are kept, whatever the surroundings prefer: a site and its tests start dozens of processes,
# and compiling the packages takes each of them two seconds.
unexport PYTHONDONTWRITEBYTECODE

help: ## This list.
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-18s %s\n", $$1, $$2}'

run: .python ## The site with demonstration data, in the foreground; Ctrl-C stops it. PORT=8000
	@$(PYTHON) tools/runner/install.py runtime
	@exec $(VENV)/python -m tools.runner

test: .packages ## Every test, in parallel, on a throw-away database.
	@$(VENV)/python -m govuk.frontend
	@$(LEND) pytest -n auto $(PYTEST)

# Leap day, New Year's Eve, both nights on which clocks change, Maundy Thursday, Christmas Eve, a Sunday before a bank
# holiday; and what is missing of a week.
DAYS ?= 2028-02-29 2026-12-31T23:30 2027-03-27T22:30 2026-10-24T23:30 2027-03-25 2026-12-24 2027-05-02 \
	2026-12-07 2026-12-09 2026-12-11
any-day: .packages ## Every test but those with programs of their own, on ten awkward days. DAYS="2028-02-29 2026-12-31T23:30"
	@$(VENV)/python -m govuk.frontend
	@for day in $(DAYS); do echo "$$day"; TODAY=$$day $(LEND) pytest -n auto -q \
		--ignore=tests/journeys --ignore=tests/load --ignore=tests/runner $(PYTEST) || exit 1; done

check: .packages ## What a reviewer need not look for: style, types, walls, migrations, settings, known vulnerabilities.
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	find . -path './*templates/*' -name '*.html' -not -path './.venv/*' -not -path './node_modules/*' -print0 \
		| xargs -0 $(VENV)/djade --target-version 5.2 --check
	$(VENV)/mypy $(PACKAGES)
	$(VENV)/lint-imports
	$(LEND) python manage.py makemigrations --check --dry-run
	$(VENV)/python -m tools.runner.deploy_check
	$(VENV)/python -m tools.runner.advisories

format: .packages ## Put code and templates into the one format, and mend what can be mended.
	-$(VENV)/ruff check --fix --quiet .
	$(VENV)/ruff format .
	-find . -path './*templates/*' -name '*.html' -not -path './.venv/*' -not -path './node_modules/*' -print0 \
		| xargs -0 $(VENV)/djade --target-version 5.2

bench: .packages ## How the site bears a national load, measured on this machine.
	@$(VENV)/python -m govuk.frontend
	@$(VENV)/python -m tools.bench

mutants: .packages ## Changes every rule a little, thousands of times, and counts the changes that no test notices.
	@rm -rf mutants
	@$(VENV)/mutmut run
	@$(VENV)/mutmut results

soak: .packages ## An hour of load with every process killed again and again, then a count. MINUTES=60
	@$(VENV)/python -m govuk.frontend
	@$(VENV)/python -m tools.soak

screenshots: .packages ## A picture of every main page, at 375 and at 1280 pixels.
	@$(VENV)/python -m govuk.frontend
	@$(LEND) python -m tests.screenshots

# Resolves for every platform at once. Your own index, if you have one, goes into UV_DEFAULT_INDEX.
LOCK := pip compile pyproject.toml --upgrade --universal --python-version 3.11 --generate-hashes --quiet \
	--no-emit-index-url --annotation-style line --custom-compile-command "make lock"
lock: .packages ## Pin the newest packages that pyproject.toml allows.
	$(VENV)/uv $(LOCK) --output-file requirements/runtime.txt
	$(VENV)/uv $(LOCK) --group dev --constraint requirements/runtime.txt --output-file requirements/dev.txt

clean: ## Forget everything a run has made, the demonstration database included.
	rm -rf .venv node_modules static/build build var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache mutants

.PHONY: .python .packages
.python:
	@test -n "$(PYTHON)" || { echo "make: Python 3.11 or newer is needed: apt-get install python3 python3-venv, or make PYTHON=/path/to/python" >&2; exit 1; }

.packages: .python
	@$(PYTHON) tools/runner/install.py dev
