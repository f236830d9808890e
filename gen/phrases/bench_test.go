package phrases_test

import "testing"

func BenchmarkDefaultPlan(b *testing.B) {
	for b.Loop() {
		fill(b, newWriter(b, 42), plans["640, the default plan"])
	}
}

func BenchmarkTenThousand(b *testing.B) {
	for b.Loop() {
		fill(b, newWriter(b, 42), counts(1250, 1250, 1250))
	}
}
