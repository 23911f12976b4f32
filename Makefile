# `make synth` and `make test` do all the set-up they need; `make help` lists the rest.
# POSIX tools only, so that it runs on Linux and macOS. Every path in here is relative: the checkout may
# stand in a folder with a space in its name.

.POSIX:
.SUFFIXES:
SHELL = /bin/sh

PY = .venv/bin/python

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' Makefile

.PHONY: synth
synth: setup ## Synthesize every environment with cdktf
	@$(PY) -m operations.entry cdktf synth

.PHONY: test
# Types and the gate stand beside the tests, which wait for what they start now and then.
# Commands are started by the hundred: where this machine keeps no compiled modules, each compiles all that it imports.
test: setup style checkov ## Every check of the project: style, types, tests, an emulated deploy, and environments/
	PYTHONDONTWRITEBYTECODE= sh .ci/beside "$(PY) -m mypy" "$(PY) -m operations.entry hybrid gate --files-only" \
		"$(PY) -m pytest"

.PHONY: check-estate
check-estate: setup checkov ## Every check of environments/, on this day: what a team needs on its own estate
	@$(PY) -m operations.entry hybrid gate

.PHONY: check
check: style ## Style and types
	$(PY) -m mypy

.PHONY: style
style: setup ## Style
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .

.PHONY: policy
policy: setup checkov ## Security rules over what is synthesized: own ones and checkov's
	@$(PY) -m operations.entry hybrid policy

.PHONY: policy-defects
policy-defects: setup checkov ## Break a copy of the environments in each way a rule is for, and count what is caught
	@$(PY) -m tests.operations.policy.defects

.PHONY: checkov
checkov: setup
	@sh setup.sh checkov

.PHONY: pytest
pytest: setup checkov ## The test suite with coverage
	PYTHONDONTWRITEBYTECODE= $(PY) -m pytest

.PHONY: snapshots
snapshots: setup checkov ## Renew schemas, records, snapshots, the reference and documents' outputs, two minutes; review the diff
	$(PY) -m estate.schema_export
	$(PY) -m operations.review.schemas
	$(PY) -m operations.reference.pages
	$(PY) -m operations.entry hybrid gate --write --folder tests/estate
	$(PY) -m tests.manifests.golden
	$(PY) -m tests.manifests.mesh_tree
	$(PY) -m tests.known_shapes
	$(PY) -m tests.executed_documents
	$(PY) -m operations.entry hybrid gate --write
	$(PY) -m operations.init.example

.PHONY: docs
docs: setup ## Build the documents into site/; a link that leads nowhere fails
	@sh setup.sh docs
	@.venv-docs/bin/zensical build --clean --strict

.PHONY: lock-providers
lock-providers: setup ## Renew environments/locks/ from the provider registry
	$(PY) -m operations.entry hybrid lock-providers

.PHONY: provider-schemas
provider-schemas: setup ## Renew the schemas of the providers in use; SOURCES=google-7.45.0=FOLDER asks that source, too
	$(PY) -m tests.providers.making $(SOURCES)

.PHONY: wheel
wheel: setup ## Build the wheel for estate repositories into dist/
	$(PY) -m hatchling build --target wheel

.PHONY: deploy-emulated
deploy-emulated: setup ## Deploy the AWS half of sandbox to an emulated AWS with real Terraform
	$(PY) -m pytest tests/deploy --no-cov -v

.PHONY: bench
bench: setup ## Measure synthesis side by side, some 20 minutes; BENCH=--quick, BENCH=--write for docs/performance.md
	$(PY) -m benchmarks $(BENCH)

.PHONY: lock
lock: setup ## Renew requirements.lock and package-lock.json after a change of pyproject.toml or package.json
	sh setup.sh lock

.PHONY: setup
setup: ## Install what the other targets need; does nothing when it stands
	@sh setup.sh

.PHONY: runtime
runtime: ## Install what hybrid runs with and nothing else, for pipelines; does nothing when that stands
	@sh setup.sh runtime

.PHONY: clean
clean: ## Remove everything that set-up and synth made, but neither state nor caches outside
	rm -rf .venv .venv-checkov .venv-docs site node_modules cdktf.out .mypy_cache .pytest_cache .ruff_cache .hypothesis
