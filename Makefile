# Everything a person or CI does with Seedbed; each target installs what it lacks.

TAGS     := x11,migrated_fynedo
HEADLESS := ci,migrated_fynedo
BIN      := bin/seedbed
SAMPLE   := sample
TEST     := .ci/test -tags $(HEADLESS)
VERSION  := $(shell git describe --tags --always --dirty 2>/dev/null)

# The race detector watches the packages in which several goroutines share data, and all
# that they call but SQLite itself, which is a translation from C and ten times slower with it.
WATCHED := ./gen/... ./kbsource/... ./localdb/... ./ui/...
RACE    := -race -gcflags='modernc.org/sqlite/lib=-race=false'

.PHONY: pages run build test vet quick race-short race window golden lint bench fuzz kills damages screenshots architecture package clean

run: build $(SAMPLE)/intent/test.csv
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then exec $(BIN) $(SAMPLE)/sample.seedbed; fi; \
	echo "No display here, so no window. The messages are in $(SAMPLE)/synthetic_labeled.csv, the splits in $(SAMPLE)/intent, the dataset in $(SAMPLE)/sample.seedbed."

# Made once: what a person changes in the sample stays.
$(SAMPLE)/intent/test.csv: | build
	mkdir -p $(SAMPLE)
	$(BIN) generate --output $(SAMPLE)/synthetic_labeled.csv --dataset $(SAMPLE)/sample.seedbed --seed 42 --resume
	$(BIN) split --dataset $(SAMPLE)/sample.seedbed --output $(SAMPLE)/intent

build:
	@.ci/install build
	go build -tags $(TAGS) -ldflags "-X seedbed/assets.version=$(VERSION)" -o $(BIN) .

test: vet quick race-short window

vet:
	@.ci/install build test
	go vet -tags $(HEADLESS),window ./...

# The inner loop.
quick:
	$(TEST) ./...

# With the race detector, computations that share nothing are a tenth of their size;
# concurrency and kills keep theirs. The readers of each format have no goroutine: formats
# runs them all.
race-short:
	@.ci/install build test
	$(TEST) $(RACE) -timeout 20m -short $$(go list $(WATCHED) | grep -vE '/(pii|document|exchange/[a-eg-z][a-z]*)$$')

race:
	@.ci/install build test
	$(TEST) $(RACE) -timeout 30m $(WATCHED)

window: build
	@.ci/install test
	$(TEST),window -count=1 -timeout 30m ./ui/windowtest

# Replaces the golden pictures of the widgets and the grid that look different now, and
# lists them; look at each before it is committed.
GOLDEN := ui/widget ui/grid
golden:
	rm -rf $(GOLDEN:%=%/testdata/failed)
	-$(TEST) -count=1 -run Picture $(GOLDEN:%=./%) >/dev/null
	for package in $(GOLDEN); do \
		! test -d $$package/testdata/failed || mv $$package/testdata/failed/*.png $$package/testdata/; \
	done
	git status --short $(GOLDEN:%=%/testdata)

lint:
	@.ci/install build test lint
	.ci/lint

# Every figure that Seedbed promises beside its peer's, in one run.
bench: build
	@.ci/install test bench
	.ci/bench

fuzz:
	.ci/fuzz

# Two hundred kills of all kinds of work at random moments; one package after another, so
# that the works don't slow each other down. Records what was lost for docs/reliability.md.
RENEW := go test -tags $(HEADLESS) -count=1 -run TestDocument ./localdb/reliability -update
kills: build
	SEEDBED_KILLS=200 $(TEST) -p 1 -count=1 -timeout 60m -run Killed ./gen ./gen/export ./localdb/reliability
	SEEDBED_KILLS=200 $(TEST),window -count=1 -timeout 60m -run Killed ./ui/windowtest
	$(RENEW)

# A thousand random damages of a dataset with 10,000 messages; prints and records what was
# rescued.
damages:
	SEEDBED_DAMAGES=1000 go test -tags $(HEADLESS) -count=1 -timeout 60m -v -run TestDamages ./localdb/rescue | grep -v -E '^(=== |  *--- PASS)'
	$(RENEW)

# Draws every page in light, dark and high contrast, at three sizes, in English and German.
PAGES := pages
pages:
	@.ci/install build test
	mkdir -p $(PAGES)
	SEEDBED_PAGES=$(abspath $(PAGES)) $(TEST) -count=1 -timeout 30m -run TestEveryPageCanBeRead ./ui

screenshots: build
	@.ci/install test screenshots
	$(TEST),window,screenshots -count=1 -run Screenshots ./ui/windowtest

# The picture of the packages in docs, from their imports.
architecture:
	@.ci/install architecture
	.ci/architecture

package:
	@.ci/install build package
	.ci/package

clean:
	rm -rf bin dist $(PAGES) $(SAMPLE)
