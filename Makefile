# Pod EIP: every common task by name. The scripts behind them are in hack/.
SHELL := /bin/bash
export DOTNET_NOLOGO ?= 1
export DOTNET_CLI_TELEMETRY_OPTOUT ?= 1

.DEFAULT_GOAL := help
.PHONY: help build kubectl-eip generate quickstart quickstart-down cluster-up cluster-down test test-life e2e soak crash-matrix bench microbench images presubmit clean

help: ## Lists the targets
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Builds everything (Release; warnings are errors)
	@dotnet build PodEip.slnx -c Release -v quiet --nologo

kubectl-eip: ## Builds kubectl-eip as one native file, artifacts/kubectl-eip
	@hack/kubectl-eip

generate: ## Writes what is derived from types: the CRD, the RBAC manifests, the page of rights, the templates of the Helm chart
	@hack/podeip-dev generate

quickstart: ## Runs Pod EIP against a simulated cloud (CLUSTER=CONTEXT: in that cluster, not in a new local one)
	@hack/podeip-dev quickstart $(if $(CLUSTER),--cluster "$(CLUSTER)")

quickstart-down: ## Ends everything that quickstart started
	@hack/podeip-dev quickstart-down $(if $(CLUSTER),--cluster "$(CLUSTER)")

cluster-up: ## Runs a bare local Kubernetes control plane (hack/cluster --help for more)
	@hack/cluster up

cluster-down: ## Ends it and deletes its data
	@hack/cluster down

test: ## Runs the tests (SUITE=PodEip.Claims.Tests: one suite)
	@hack/test $(SUITE)

test-life: ## The long tests: the whole life of a claim under faults, kills and outages
	@hack/test --tier test-life

e2e: ## Real nodes, containers and packets on a simulated cloud's network (root)
	@hack/test --tier e2e

soak: ## Random deeds and troubles for a while (DURATION=10m), and then the account
	@PODEIP_SOAK=$(or $(DURATION),10m) hack/test --live PodEip.FaultTests -- -class "*.SoakTests"

crash-matrix: ## Kills the controller before and after each of its side effects, in every part of an address's life
	@PODEIP_CRASH_MATRIX=1 hack/test --live PodEip.FaultTests -- -class "*.CrashMatrixTests"

bench: ## Measures, as ratios in one run, and says which goals hold (CASE=agent: one case; N=20000: its size; QUICK=1)
	@hack/bench $(CASE) $(if $(N),--size $(N)) $(if $(filter-out 0,$(QUICK)),--quick)

microbench: ## Times single functions and counts what they allocate (FILTER='*Signing*': some)
	@hack/microbench $(if $(FILTER),'$(FILTER)')

images: ## Builds the container images, amd64 and arm64, into artifacts/images (REGISTRY=…: pushes them there)
	@hack/images $(if $(REGISTRY),--registry "$(REGISTRY)")

presubmit: ## Checks format, generated files and unfinished marks, then runs all tests
	@hack/presubmit

clean: ## Deletes build output (not the cached Kubernetes programs)
	@rm -rf artifacts src/*/bin src/*/obj tests/*/bin tests/*/obj bench/*/bin bench/*/obj hack/*/bin hack/*/obj
