package phrases_test

import (
	"fmt"
	"os"
	"testing"
)

func TestShow(t *testing.T) {
	for _, about := range domains(t) {
		if about.Category != os.Getenv("SHOW") {
			continue
		}
		for _, text := range write(t, newWriter(t, 3), about, 60) {
			fmt.Println(text)
		}
	}
}
