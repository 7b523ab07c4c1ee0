# The portal's commands. `make` alone lists them.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test bench check fix migrations shell requirements screens clean

PORT ?= 8000
export PORT

VENV := .venv
PYTHON := $(VENV)/bin/python
MANAGE := $(PYTHON) manage.py
ENVIRONMENT := $(VENV)/pyvenv.cfg
PRIVATE_UV := .tools/uv/bin/uv
# A `uv` may be on the path and still not run here (version managers leave such shims), so it is tried, not just found.
UV := $(shell uv --version >/dev/null 2>&1 && echo uv || echo $(PRIVATE_UV))
INSTALLED_BASE := $(VENV)/.installed-base
INSTALLED_ALL := $(VENV)/.installed-all
UV_READY = $(filter-out uv,$(UV))

help:  ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(INSTALLED_BASE)  ## Run the portal with its demo at http://localhost:8000 (PORT= another port, PORTAL_VAR= another folder)
	@PORTAL_MODE=demo exec $(MANAGE) run

test: $(INSTALLED_ALL)  ## Run every test, setting up what they need
	@scripts/ensure-chromium
	@$(PYTHON) -m pytest --numprocesses 2 --dist loadgroup --ignore tests/browser --ignore tests/faults
	@# Apart from the others: servers that are killed and browsers that wait are processes enough beside two tests.
	@$(PYTHON) -m pytest --numprocesses 2 --dist loadgroup tests/browser tests/faults

bench: $(INSTALLED_ALL)  ## Measure the directory with 10,000 and 100,000 people beside the floor, votes and mails; writes docs/performance.md
	@PORTAL_MODE=test $(PYTHON) -m tests.bench

check: $(INSTALLED_ALL)  ## Look at style, floors, migrations, settings and architecture; change nothing
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports
	PORTAL_MODE=test $(MANAGE) makemigrations --check --dry-run
	$(PRODUCTION_TRIAL) $(MANAGE) check --deploy --fail-level WARNING
	$(PYTHON) -m pytest tests/architecture --quiet

fix: $(INSTALLED_ALL)  ## Format the code and mend what can be mended by itself
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

migrations: $(INSTALLED_ALL)  ## Write the migrations that the models need (NAME= gives them a name)
	PORTAL_MODE=demo $(MANAGE) makemigrations $(if $(NAME),--name $(NAME))

shell: $(INSTALLED_ALL)  ## Open a Python shell on the demo's data
	@PORTAL_MODE=demo exec $(MANAGE) shell

requirements: $(UV_READY)  ## Compile pyproject.toml into requirements/ again (UPGRADE=1 takes newer versions)
	$(COMPILE) --output-file requirements/base.txt pyproject.toml
	$(COMPILE) --extra test --extra check --constraint requirements/base.txt --output-file requirements/development.txt pyproject.toml

screens: $(INSTALLED_ALL)  ## Take the pictures of docs/screens/ from the running demo (PORT= says where it runs)
	@scripts/ensure-chromium
	PYTHONPATH=. $(PYTHON) scripts/screens.py

clean:  ## Remove the virtual environment, the tools and all local data, the demo's database included
	rm -rf $(VENV) .tools var .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# --- What the commands stand on -----------------------------------------------------------------------------------

COMPILE = $(UV) pip compile --quiet --generate-hashes --no-header --no-emit-index-url --python-version 3.13 \
	$(if $(UPGRADE),--upgrade)

# Production settings with nothing behind them: `check --deploy` reads them and connects to nothing.
PRODUCTION_TRIAL := PORTAL_MODE=production \
	SECRET_KEY=a-key-that-signs-nothing-5N1uYzPq83-WcVbT7-kLmD2rHs9XeGo4 \
	ALLOWED_HOSTS=portal.example.org BASE_URL=https://portal.example.org \
	DATABASE_URL=postgresql://portal@localhost/portal REDIS_URL=redis://localhost:6379/0 \
	SMTP_URL=smtp://localhost:25 PORTAL_SEALING_COMMAND=false

$(PRIVATE_UV):
	@echo "Fetching uv into .tools …"
	@python3 -m venv .tools/uv || { echo "python3 cannot make a virtual environment. On Debian: apt-get install python3-venv"; exit 1; }
	@.tools/uv/bin/pip install --quiet uv

# The virtual environment holds either what running needs or, once development asks for it, everything.
$(ENVIRONMENT): .python-version $(UV_READY)
	@$(UV) venv --quiet --allow-existing --python "$$(cat .python-version)" $(VENV)
	@touch $@

$(INSTALLED_BASE): requirements/base.txt $(ENVIRONMENT)
	@echo "Installing what the portal needs …"
	@$(UV) pip install --quiet --python $(PYTHON) --require-hashes --requirement $<
	@touch $@

$(INSTALLED_ALL): requirements/development.txt $(ENVIRONMENT)
	@echo "Installing what tests and checks need …"
	@$(UV) pip sync --quiet --python $(PYTHON) --require-hashes $<
	@touch $@ $(INSTALLED_BASE)
