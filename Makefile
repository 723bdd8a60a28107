# What one can do with Saldo. Everything is installed inside the project, and only what changed.

PY := .venv/bin/python
INSTALL := python=$$(sh infra/local/find_python.sh) && "$$python" -m infra.local.install

.PHONY: help run test check install
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-10s %s\n", $$1, $$2 }'

run: ## the whole system on this machine, with example data: http://localhost:8000
	@$(INSTALL) app
	@exec $(PY) -m infra.local.run

test: install ## every test, on a fresh clone too
	@exec $(PY) -m pytest -n auto --maxprocesses 8 --dist loadfile --no-loadscope-reorder

check: install ## formatting, lint, types, layers, generated files
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	npm --prefix frontend run --silent check
	$(PY) -m infra.openapi --check

install: ## what the tests and checks need, a browser too
	@$(INSTALL) tests

-include infra/package.mk infra/bench.mk
