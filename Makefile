# One word for each need. `make` alone tells them.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

BINARY := .build/release/sluice
SWIFT_FILES := Package.swift Sources Tests Fuzz
# The standard library is linked in: the binary runs where no Swift is installed.
# Exclusive access is checked in debug builds and all tests; at run time the check was a fifth of the instructions of a
# request (docs/PERFORMANCE.md). Bounds checks stay on.
RELEASE := swift build -c release --static-swift-stdlib --product sluice -Xswiftc -enforce-exclusivity=unchecked
# In front of what `make run` stands, as http://host:port; empty: in front of a small built-in origin.
TO ?=
LISTEN ?=
ARGS ?=
# Tests without sockets, processes and clocks.
COMPUTING := ^(TidyTests|SluiceWireTests|SluiceCoreTests|SluiceConfigurationTests|SluiceDiagnosisTests|SluiceLogsTests|SimulationTests)\.

.PHONY: help
help: ## Tell what there is
	@echo 'make WORD, where WORD is one of:'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'
	@echo 'Variables: run takes TO=http://host:port and LISTEN=host:port; bench, count, soak, fuzz take ARGS=…; sim takes SEED=… or SEEDS=…'

.PHONY: run
run: release ## Install what is missing, build, and run the gateway; TO=http://host:port puts it in front of that
	exec $(BINARY) run $(if $(LISTEN),--listen '$(LISTEN)') $(if $(TO),--to '$(TO)',--demo) $(ARGS)

.PHONY: test
test: ## Install what is missing and run all tests; FILTER=regex runs some
	scripts/setup.sh --build --test
	$(if $(FILTER),,PYTHONDONTWRITEBYTECODE=1 python3 -m unittest discover -s Benchmarks -t Benchmarks)
ifdef FILTER
	swift test --disable-xctest --filter '$(FILTER)'
else
	# What only computes would keep both cores from what waits for sockets and processes within a time limit, and a
	# crowd of tests that all begin at once would keep them from the running gateway, one of whose tests runs at a time.
	swift test --disable-xctest --filter '$(COMPUTING)'
	swift test --disable-xctest --skip '$(COMPUTING)' --skip '^IntegrationTests\.'
	swift test --disable-xctest --filter '^IntegrationTests\.'
endif

.PHONY: check
check: lint ## Format and tidy rules: what a change must satisfy beside the tests
	scripts/setup.sh --build
	swift test --disable-xctest --filter TidyTests

.PHONY: lint
lint: ## Only the format
	swift format lint --strict --parallel --recursive $(SWIFT_FILES)

.PHONY: format
format: ## Bring the sources into the one format
	swift format format --in-place --parallel --recursive $(SWIFT_FILES)

.PHONY: release
release: ## Build the optimised binary, .build/release/sluice
	scripts/setup.sh --build
	$(RELEASE)

.PHONY: bench
bench: release ## Measure beside nginx, HAProxy and Caddy (an hour)
	scripts/setup.sh --bench
	scripts/bench.sh $(ARGS)

.PHONY: count
count: release ## Count the instructions of a request, beside nginx and HAProxy (a minute)
	scripts/count-instructions.sh $(ARGS)

.PHONY: judge
judge: release ## Label logs of nginx, HAProxy, httpd and Caddy, and judge what is found; writes docs/LOGS-ACCURACY.md
	scripts/setup.sh --test
	scripts/judge-logs.sh $(ARGS)

.PHONY: compare
compare: release ## Score nginx, HAProxy, Caddy and Sluice in front of the lab; writes docs/COMPARISON.md
	scripts/setup.sh --bench
	scripts/compare.sh $(ARGS)

.PHONY: soak
soak: release ## Mixed load with reloads (30 minutes); ARGS='--minutes 1' is short
	scripts/soak.sh $(ARGS)

.PHONY: fuzz
fuzz: ## Bytes and event sequences at random; ARGS='--seconds 60' for each fuzzer
	scripts/setup.sh --build
	scripts/fuzz.sh $(ARGS)

.PHONY: sim
sim: ## Simulated clients, origins and time; SEED=n repeats one run, SEEDS=n runs that many
	scripts/setup.sh --build
	$(if $(SEED),SLUICE_SIM_SEED='$(SEED)') $(if $(SEEDS),SLUICE_SIM_SEEDS='$(SEEDS)') \
	  swift test --disable-xctest --filter SimulationTests

.PHONY: docs
docs: ## Write the generated documents anew
	scripts/setup.sh --build
	SLUICE_REGENERATE=1 swift test --disable-xctest --filter 'FailureReferenceTests|PublishedTests|MetricsReferenceTests'

.PHONY: dist
dist: ## Pack an archive and a Debian package below dist/: binary, manual, completions, unit, documents
	scripts/setup.sh --build --dist
	scripts/dist.sh

.PHONY: package
package: ## Try the Debian package on a clean root: install, start, reload, upgrade, remove
	scripts/setup.sh --dist --package
	scripts/try-package.sh $(ARGS)

.PHONY: clean
clean: ## Remove what was built
	rm -rf .build Fuzz/.build dist
