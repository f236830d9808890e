package openai

import (
	"testing"
	"time"
)

// Before an endpoint has answered, it may be a slow model anywhere; later its own pace
// decides.
func TestPatienceFollowsThePace(t *testing.T) {
	for _, address := range []string{"http://127.0.0.1:11434", "http://192.168.1.20:8000", "https://api.example.com"} {
		client := New(Config{BaseURL: address, Model: "m"})
		if got := client.patience(1256); got < 15*time.Minute {
			t.Errorf("%s: waits %v for the first answer", address, got)
		}
		client.paced(3*time.Second, 200)
		if got := client.patience(1256); got < 2*time.Minute || got > 3*time.Minute {
			t.Errorf("%s: waits %v for an endpoint that answers in 3 s", address, got)
		}
		client.paced(4*time.Minute, 240) // a token a second
		if got := client.patience(4096); got < time.Duration(4096)*time.Second {
			t.Errorf("%s: waits %v for 4096 tokens at one a second", address, got)
		}
	}
}
