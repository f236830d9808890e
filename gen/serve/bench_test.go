package serve

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// BenchmarkServe asks a server 100,000 times over loopback, from eight clients with
// keep-alive in the same process, and looks at the memory in use after each tenth.
func BenchmarkServe(b *testing.B) {
	const requests, clients, parts = 100_000, 8, 10
	s := start(b, Config{Address: "127.0.0.1:0"})
	body, err := json.Marshal(map[string]string{"message": own})
	if err != nil {
		b.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}}
	ask := func() error {
		answer, err := client.Post(s.URL()+"/predict", "application/json", bytes.NewReader(body))
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		return err
	}
	var memory runtime.MemStats
	for b.Loop() {
		var first, last uint64
		var spent time.Duration
		var slow atomic.Int64
		for part := range parts {
			start := time.Now()
			var all sync.WaitGroup
			for range clients {
				all.Go(func() {
					for range requests / clients / parts {
						asked := time.Now()
						if err := ask(); err != nil {
							b.Error(err)
							return
						}
						if time.Since(asked) > 20*time.Millisecond {
							slow.Add(1)
						}
					}
				})
			}
			all.Wait()
			spent += time.Since(start)
			runtime.GC()
			runtime.ReadMemStats(&memory)
			if last = memory.HeapAlloc; part == 0 {
				first = last
			}
		}
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(requests/spent.Seconds(), "requests/s")
		b.ReportMetric(float64(slow.Load()), "over-20-ms")
		b.ReportMetric(float64(first)/1e6, "MB-after-10,000")
		b.ReportMetric(float64(last)/1e6, "MB-after-100,000")
	}
}

// BenchmarkAnswer is one message of usual length, without the network.
func BenchmarkAnswer(b *testing.B) {
	a := Answering{Model: trained(b)}
	for b.Loop() {
		a.Answer(own, true)
	}
}
