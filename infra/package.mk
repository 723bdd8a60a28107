# Included by the Makefile, whose PY and INSTALL it uses.

STAGE ?= prod
STACK ?= saldo
PARAMETERS ?=

.PHONY: package deploy

package: ## what CloudFormation deploys, in build/STAGE: make package STAGE=prod
	@$(INSTALL) app
	@$(PY) -m infra.package $(STAGE)

deploy: ## create or update a company: make deploy STACK=saldo PARAMETERS="Sender=cobros@empresa.es"
	@$(INSTALL) app
	@$(PY) -m infra.deploy $(STAGE) $(STACK) $(PARAMETERS)
