# make run   the whole product on this machine (PORT=8000 HOST=127.0.0.1; DEMO=0 starts empty)
# make check what must pass before a change is merged: style, types, contracts, translations
# make test  check, then every test: on SQLite, on PostgreSQL with Redis, in a browser
# make upgrade FROM=<commit>   prove that a database filled by that commit can be upgraded
# make format writes the format that make check wants: Python, CSS, JavaScript
# make lock  renew requirements/ from pyproject.toml (needs uv)
#
# check, test and format need npm, too: Biome formats CSS and JavaScript (package-lock.json)

PYTHON ?= python3
BIN := .venv/bin

.PHONY: run check test upgrade lock format env
.DEFAULT_GOAL := run

run:
	@$(PYTHON) ops/bootstrap.py run

env:
	@$(PYTHON) ops/bootstrap.py env-dev

check: env
	@$(BIN)/python -m tests.services.checks

test: env
	@$(BIN)/python -m tests.services.suite

upgrade: env
	@$(BIN)/python -m tests.upgrade --from $(FROM)

format: env
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/python -m tests.services.biome format

# The other locks take the versions of the base lock, so one environment serves all. The tests' lock
# contains the optional extra: its model is tested, too.
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --quiet --custom-compile-command "make lock"

lock:
	$(LOCK) -o requirements/base.txt
	$(LOCK) --extra semantic -c requirements/base.txt -o requirements/semantic.txt
	$(LOCK) --extra semantic --group dev -c requirements/base.txt -o requirements/dev.txt
	$(LOCK) --extra semantic --group bench -c requirements/dev.txt -o requirements/bench.txt
