# Included by the Makefile. PYTHON is the project's own interpreter, which the Makefile sets up.
#   make package STAGE=prod
#   make deploy STAGE=prod STACK=saldo PARAMETERS="Sender=cobros@empresa.es AlarmEmail=it@empresa.es"

STAGE ?= prod
STACK ?= saldo
PARAMETERS ?=

.PHONY: package deploy

package: ## Build what CloudFormation deploys: make package STAGE=prod
	$(PYTHON) -m infra.package $(STAGE)

deploy: ## Create or update a company: make deploy STAGE=prod STACK=saldo PARAMETERS="Sender=a@b.es"
	$(PYTHON) -m infra.deploy $(STAGE) $(STACK) $(PARAMETERS)
