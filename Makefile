# Everything a person or CI does with Seedbed; each installs what it lacks.

TAGS     := x11,migrated_fynedo
HEADLESS := ci,migrated_fynedo
BIN      := bin/seedbed
SAMPLE   := sample
TEST     := go test -tags $(HEADLESS)

# The packages of which several goroutines share something.
RACE := ./gen/... ./kbsource/... ./localdb/... ./ui/...

.PHONY: run build test vet quick race window lint bench fuzz kills screenshots golden package clean

run: build $(SAMPLE)/intent/test.csv
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then exec $(BIN) $(SAMPLE)/sample.seedbed; fi; \
	echo "No display here, so no window. The messages are in $(SAMPLE)/synthetic_labeled.csv, the splits in $(SAMPLE)/intent, the dataset in $(SAMPLE)/sample.seedbed."

# Made once: what a person changes in the sample stays.
$(SAMPLE)/intent/test.csv: | build
	mkdir -p $(SAMPLE)
	$(BIN) generate --output $(SAMPLE)/synthetic_labeled.csv --dataset $(SAMPLE)/sample.seedbed --resume
	$(BIN) split --dataset $(SAMPLE)/sample.seedbed --output $(SAMPLE)/intent

build:
	@.ci/install build
	go build -tags $(TAGS) -o $(BIN) .

test: vet quick race window

vet:
	@.ci/install build test
	go vet -tags $(HEADLESS),window ./...

quick:
	$(TEST) ./...

race:
	@.ci/install build test
	$(TEST) -race $(RACE)

window: build
	@.ci/install test
	$(TEST),window -count=1 ./ui/windowtest

lint:
	go run mvdan.cc/gofumpt@v0.9.2 -l -d .
	go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0 run
	go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0 run --build-tags $(HEADLESS),window,screenshots ./ui/windowtest
	go run golang.org/x/vuln/cmd/govulncheck@v1.1.4 -tags $(HEADLESS) ./...

# Every figure that Seedbed promises beside its peer's, in one run.
bench: build
	@.ci/install test bench
	.ci/bench

fuzz:
	.ci/fuzz

# A hundred kills of a run at random moments.
kills:
	SEEDBED_KILLS=100 $(TEST) -count=1 -timeout 30m -run Killed ./gen

screenshots: build
	@.ci/install test screenshots
	$(TEST),window,screenshots -count=1 -run Screenshots ./ui/windowtest

# Replaces the golden pictures of the widgets and the grid that look different now, and
# lists them; look at each before it is committed.
GOLDEN := ui/widget ui/grid
golden:
	rm -rf $(GOLDEN:%=%/testdata/failed)
	-$(TEST) -count=1 -run Picture $(GOLDEN:%=./%) >/dev/null
	for package in $(GOLDEN); do \
		! test -d $$package/testdata/failed || mv $$package/testdata/failed/*.png $$package/testdata/; \
	done
	$(TEST) -count=1 -run Picture $(GOLDEN:%=./%)
	git status --short $(GOLDEN:%=%/testdata)

package:
	@.ci/install build package
	.ci/package

clean:
	rm -rf bin dist $(SAMPLE)
