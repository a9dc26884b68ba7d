# One word per task, the same by hand and in CI. `make` alone lists them.
#
#   make demo PYTHON=python3.13     uses another interpreter than python3 (3.11 or newer)

PYTHON ?= python3
SUDO := $(shell test "$$(id -u)" = 0 || echo sudo)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

# The program and what it runs with; and beside that, what the tests need. Each stamp is newer
# than the files it was made from, so a second run installs nothing. Where the environment's
# interpreter is gone (a newer one was installed), the stamps are void.
RUN := .venv/installed-to-run
TEST := .venv/installed-to-test
BENCH := .venv/installed-to-bench
$(shell test -x $(BIN)/python || rm -f $(RUN) $(TEST) $(BENCH))

.PHONY: help demo test quality lint format docs bench browser lock clean

help:
	@echo "make demo      install peelsearch into .venv, index seeds/ and run one search"
	@echo "make test      install the test tools and run every check and test, as CI does"
	@echo "make quality   measure search and answers on judged collections, against their floors"
	@echo "make lint      formatting, lint and types only"
	@echo "make format    format the code and repair what ruff can repair"
	@echo "make docs      write the pages of docs/ that are generated from the code"
	@echo "make bench     measure speed beside other engines and write benchmarks/RESULTS.md"
	@echo "make browser   install Chromium and its driver, for the tests of the page (Debian)"
	@echo "make lock      resolve the pinned dependencies again (needs uv; UPGRADE=1 for the newest)"
	@echo "make clean     remove .venv, caches and build products; index/ is left alone"

demo: $(RUN)
	$(BIN)/peelsearch index seeds
	$(BIN)/peelsearch search "stop and search" --limit 3
	@echo
	@echo "Try next:"
	@echo "  $(BIN)/peelsearch search 'force contact centre' --grade RI"
	@echo "  $(BIN)/peelsearch search --kind AFI"
	@echo "  $(BIN)/peelsearch facets"
	@echo "  $(BIN)/peelsearch --help"
	@echo "The page: run the next line, then open the address that it prints in a browser."
	@echo "  $(BIN)/peelsearch serve"

test: lint
	$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal

# One of them, or a folder of your own:
#   make quality QUALITY_ARGS="gate own"
#   make quality QUALITY_ARGS="run --misses FOLDER"
QUALITY_ARGS := gate
quality: $(RUN)
	$(BIN)/python -m tools.quality $(QUALITY_ARGS)

lint: $(TEST)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(TEST)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(RUN)
	$(BIN)/python tools/cli_docs.py

# The largest corpus, one part of it:
#   make bench BENCH_ARGS="--sizes 100000 --sections queries"
bench: $(BENCH)
	$(BIN)/python -m benchmarks.run_all $(BENCH_ARGS)

browser:
	$(SUDO) apt-get update
	$(SUDO) apt-get install --yes --no-install-recommends chromium chromium-driver

lock:
	$(PYTHON) tools/lock.py $(if $(UPGRADE),--upgrade)

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "peelsearch needs Python 3.11 or newer, and '$(PYTHON)' is not that:" >&2; \
		$(PYTHON) --version >&2; \
		echo "Name another interpreter: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "'$(PYTHON)' cannot make virtual environments here." >&2; \
		echo "On Debian and Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv

# pip takes hashes from a requirements file only, so the file's first part is cut out for it.
$(RUN): requirements.lock pyproject.toml | $(BIN)/python
	sed '/^# --- to test/,$$d' requirements.lock > .venv/to-run.lock
	$(PIP) --require-hashes --requirement .venv/to-run.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(TEST): requirements.lock $(RUN)
	$(PIP) --require-hashes --requirement requirements.lock
	@touch $@

# Xapian is Debian's python3-xapian and works with the system's interpreter only; where it is not
# installed, the report names it as left out.
$(BENCH): pyproject.toml $(RUN)
	$(PIP) --editable '.[bench]' --no-build-isolation
	@touch $@
