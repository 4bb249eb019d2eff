# What one types: make run, make test. The rest is for who changes things.

GO        ?= go
LINT      = $(GO) tool -modfile=tools/go.mod golangci-lint
FUZZTIME  ?= 10m
NODE_PAGES = web/graphiql
EXPLORER   = $(wildcard web/*.ts web/*.json web/index.html web/public/* web/src/* web/src/*/*) $(wildcard schema/*.graphql)
BROWSER    = $(or $(CHROMIUM),/usr/bin/chromium)
NODE_TESTS = api/conformance loaders/conformance

.PHONY: run build test lint generate check bench microbench soak corpus pages node-tests explorer-tests clean

run: build ## builds everything and serves http://127.0.0.1:8080 with the seed in ./data
	bin/tripartite serve

build: pages ## leaves the program at bin/tripartite
	$(GO) build -o bin/tripartite .

# A machine without Node gets a server too; its / and /graphiql say how to have the pages.
pages: web/dist/graphiql/index.html web/dist/explorer/index.html
web/dist/explorer/index.html: $(EXPLORER)
	@if command -v npm >/dev/null; then \
	  cd web && npm ci --no-audit --no-fund && npm run build; \
	else \
	  echo "npm is not here: building without the explorer" >&2; \
	fi

web/dist/graphiql/index.html: $(wildcard $(NODE_PAGES)/*.js* $(NODE_PAGES)/*.html)
	@if command -v npm >/dev/null; then \
	  cd $(NODE_PAGES) && npm ci --no-audit --no-fund && npm run build; \
	else \
	  echo "npm is not here: building without GraphiQL" >&2; \
	fi

node-tests: $(NODE_TESTS:%=%/node_modules/.package-lock.json)
%/node_modules/.package-lock.json: %/package-lock.json
	cd $* && npm ci --no-audit --no-fund

test: check build node-tests explorer-tests ## every test, with the race detector; the longest packages first, so that others fill the time beside them
	$(GO) test -race -timeout 20m ./graph/quadstore ./schema/generate ./...

explorer-tests: build ## of the explorer, in a real browser where there is one: CHROMIUM names it
	cd web && npm run unit
	@if [ -x "$(BROWSER)" ]; then \
	  cd web && npm run browser; \
	else \
	  echo "no browser at $(BROWSER): name one by CHROMIUM to test the explorer in it" >&2; \
	fi

check: ## generated files are fresh, files are formatted, go.mod is tidy
	./.ci/clean-diff

lint:
	$(LINT) run ./...

generate:
	$(GO) generate ./...

bench: build ## loads a graph of 200,000 entities, asks it over HTTP, prints the table; PEERS=1 runs the peers beside
	$(GO) run ./bench $(if $(PEERS),-peers "$(TRIPARTITE_PEERS)") $(BENCHFLAGS)

microbench: ## benchmarks of each layer, ten times each, for benchstat
	$(GO) test -run '^$$' -bench . -benchmem -count 10 ./...

soak: ## what takes long: every fuzzer for FUZZTIME, and loads of a million quads killed for ten minutes
	./.ci/soak $(FUZZTIME)
	$(GO) test -tags soak -timeout 30m -v -run TestKill ./graph/quadstore

corpus: build ## what the corpus holds, per document
	bin/tripartite corpus $(if $(wildcard seed/unclaimed.tsv),--unclaimed seed/unclaimed.tsv) seed/*.yaml

clean:
	rm -rf bin web/dist/graphiql web/dist/explorer
