package shell

import "testing"

func TestNumbers(t *testing.T) {
	for n, want := range map[int][2]string{
		0: {"0", "0"}, 999: {"999", "999"}, 1_234: {"1,234", "1,234"}, -12_345: {"-12,345", "-12,345"},
		10_000: {"10,000", "10k"}, 125_999: {"125,999", "125k"}, 1_000_000: {"1,000,000", "1M"}, 1_280_000: {"1,280,000", "1.2M"},
	} {
		if got := Thousands(n); got != want[0] {
			t.Errorf("Thousands(%d) = %q", n, got)
		}
		if got := Short(n); got != want[1] {
			t.Errorf("Short(%d) = %q", n, got)
		}
	}
}
