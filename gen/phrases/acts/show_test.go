package acts

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"seedbed/assets"
)

func TestShow(t *testing.T) {
	folder, _ := assets.Phrases("en")
	lists, _ := assets.ReadSections(folder, "frames.txt")
	r := NewReader("en", lists)
	all, _ := assets.ReadSections(os.DirFS("../testdata"), "domains.txt")
	for _, s := range all {
		fmt.Println("==", s.Name)
		sw := r.NewSwapper(s.Lines, lists.Named("interchangeable"))
		for _, l := range s.Lines {
			var k []string
			for _, a := range r.Read(l) {
				if a.Kind != Text && a.Kind != Question {
					k = append(k, fmt.Sprint(a.Kind, a.Slots, " <", a.Before, ">", a.After))
				}
			}
			fmt.Println(l, "\n     ", strings.Join(k, " || "))
			for _, v := range sw.Swaps(r.Neat(l), rand.New(rand.NewPCG(1, 1))) {
				fmt.Printf("        %.2f %s\n", v.Alike, v.Text)
			}
		}
	}
}
