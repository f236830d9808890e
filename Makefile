# Everything a person or CI does with Seedbed. `make run` and `make test` install what is missing.

TAGS      := x11,migrated_fynedo
HEADLESS  := ci,migrated_fynedo
BIN       := bin/seedbed
SAMPLE    := sample
SOURCES   := $(shell git ls-files '*.go' 'assets/*' go.mod go.sum)

.PHONY: run build test quick race window lint bench fuzz kills screenshots package clean

run: build
	@$(BIN) generate --output $(SAMPLE)/synthetic_labeled.csv --dataset $(SAMPLE)/sample.seedbed --resume
	@$(BIN) split --dataset $(SAMPLE)/sample.seedbed --output $(SAMPLE)/intent
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then exec $(BIN) $(SAMPLE)/sample.seedbed; \
	else echo "No display here. The messages are in $(SAMPLE)/synthetic_labeled.csv, the splits in $(SAMPLE)/intent, the dataset in $(SAMPLE)/sample.seedbed."; fi

build: $(BIN)

$(BIN): $(SOURCES)
	@.ci/install build
	go build -tags $(TAGS) -o $@ .

test:
	@.ci/install build test
	go vet -tags $(HEADLESS) ./...
	go test -tags $(HEADLESS) ./...
	$(MAKE) race window

quick:
	go test -tags $(HEADLESS) ./...

race:
	go test -race -tags $(HEADLESS) ./gen/... ./kbsource/... ./localdb/... ./ui/...

window: build
	go test -tags $(HEADLESS),window -count=1 ./ui/windowtest/...

lint:
	go run mvdan.cc/gofumpt@v0.9.2 -l -d .
	go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0 run
	go run golang.org/x/vuln/cmd/govulncheck@v1.1.4 -tags $(HEADLESS) ./...

clean:
	rm -rf bin dist $(SAMPLE)
