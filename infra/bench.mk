# Included by the Makefile, whose PY and INSTALL it uses.

SIZES ?= 1000 10000 100000

.PHONY: bench

bench: ## cold start, requests and time per operation, reminders a second, bytes
	@$(INSTALL) app
	@SIZES="$(SIZES)" $(PY) -m infra.bench
