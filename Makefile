# make run    sets everything up, and starts the pages with an invented municipality (PORT=8001 for another port)
# make check  style, types, architecture, the law itself and the fast tests: under a minute
# make test   the same, with every test
# make bench  measures speed
# make mutate changes the law on purpose, to see whether an example notices      make mutate-code  the same for the code
# make screenshots  takes the pictures of the README anew
# make words  lists the strings of the pages that have no English text, and adds them to the catalogues
# make signs    tries the signs on invented careers, and writes docs/guide/signs.md
# make progress shows what counting small steps would show, and writes docs/guide/progress.md
# make motions  counts what a caseworker must do for each of thirteen case steps, and writes docs/guide/motions.md
# make lock   renews the lock file (LOCK=--upgrade takes the newest versions)      make clean  removes what make made
#
# Set-up is part of every target: only Python 3.11 or newer and make are needed.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# The first Python that is 3.11 or newer; empty if there is none.
PYTHON ?= $(shell for candidate in python3.11 python3 python3.12 python3.13 python3.14; do \
	"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$candidate" && break; done)

# Python keeps what it compiled, whatever the shell asks for: the tests start some hundred processes.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run setup lint check test bench mutate mutate-code screenshots words signs progress motions lock clean

help:
	@sed -n '/^#/!q;s/^# \{0,1\}//p' Makefile

# The first time it takes a minute to set up and half a minute to make the municipality; after that, seconds.
PORT ?= 8000
run: $(READY)
	@$(BIN)/fodfaeste serve --demo --port $(PORT)

setup: $(READY)

$(READY): requirements.lock pyproject.toml package-lock.json
	@[ -n "$(PYTHON)" ] || { echo "Fodfæste needs Python 3.11 or newer: on Debian, 'apt-get install python3 python3-venv' as root, then make again." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python is here, but not the part that makes virtual environments: on Debian, 'apt-get install $$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')' as root, then make again." >&2; exit 1; }
	@echo "Setting up in $(VENV) (once; a minute or two) …"
	@[ -x $(BIN)/python ] && $(BIN)/python -c 'import pip' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --require-hashes -r requirements.lock || { echo "The libraries could not be fetched: see the line above; a machine without the internet needs a package mirror set in pip.conf." >&2; exit 1; }
	@$(PIP) install --no-deps --no-build-isolation -e .
	@if command -v npm >/dev/null; then npm ci --ignore-scripts --no-audit --no-fund --silent || { echo "The design system could not be fetched from npm: see the line above; the pages will have no style." >&2; }; \
	else echo "npm is missing, so the pages have no style and the browser tests are skipped: on Debian, 'apt-get install npm' as root, then rm $@ and make again." >&2; fi
	@$(BIN)/python -m fodfaeste.interfaces.site.made
	@$(BIN)/python -m tools.chromium
	@touch $@

lint: $(READY)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/fodfaeste law check

# Each worker begins with a stretch of the tests that lie together, so that it reads a law, fills a database or starts
# a browser once; who is done takes over from the other.
WORKERS := -n 3 --dist worksteal
check: lint
	$(BIN)/pytest $(WORKERS) -m "not slow"

# pytest comes last, so that its summary is the last line.
test: lint
	$(BIN)/pytest $(WORKERS)

# For example: make bench BENCH="rules case --quick"; the peers are installed under .bench/ when first needed.
BENCH ?=
bench: $(READY)
	$(BIN)/python -m bench $(BENCH)

# For example: make mutate MUTATE="--only lab.31 --list-survivors"
MUTATE ?=
mutate: $(READY)
	$(BIN)/python -m tools.mutate_law $(MUTATE)

# For example: make mutate-code MODULE=src/fodfaeste/foundation/money.py TESTS=tests/foundation
MODULE ?= src/fodfaeste/foundation
TESTS ?= tests/foundation
mutate-code: $(READY)
	$(BIN)/python -m tools.mutate_code $(MODULE) --tests $(TESTS)

screenshots: $(READY)
	$(BIN)/python -m tools.screenshots

words: $(READY)
	$(BIN)/python -m tools.translations

signs: $(READY)
	$(BIN)/python -m tools.signs

progress: $(READY)
	$(BIN)/python -m tools.progress

motions: $(READY)
	WRITE_MOTIONS=1 $(BIN)/pytest -q tests/browser/motions

lock: pyproject.toml
	@[ -x .venv-lock/bin/uv ] || { $(PYTHON) -m venv .venv-lock && .venv-lock/bin/python -m pip --quiet install uv; }
	.venv-lock/bin/uv pip compile pyproject.toml --extra web --extra dev --generate-hashes --universal --python-version 3.11 \
		--no-annotate --no-emit-index-url --custom-compile-command "make lock" $(LOCK) -o requirements.lock

clean:
	[ ! -x $(BIN)/fodfaeste ] || $(BIN)/fodfaeste db stop
	rm -rf $(VENV) .venv-lock .bench build dist node_modules .cache .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests bench tools -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
