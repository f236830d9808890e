//go:build ignore

// Make writes languages.txt from top.json of the npm package trigrams (see NOTICE.txt):
//
//	npm pack trigrams@5.2.0 && tar xzf trigrams-5.2.0.tgz
//	go run make.go package/lib/top.json
//
// It keeps the languages that have a code of two letters.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"os"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// codes are those of languages whose tables go by the code of a part of them, or by a name
// that is none.
var codes = map[string]string{
	"arb": "ar", "pes_1": "fa", "als": "sq", "swh": "sw", "mly_latn": "ms", "uzn_latn": "uz", "uzn_cyrl": "uz", "azj_latn": "az", "azj_cyrl": "az",
	"khk": "mn", "plt": "mg", "kmr": "ku", "ydd": "yi", "deu_1996": "de", "por_BR": "pt", "por_PT": "pt", "ell_monotonic": "el", "ron_2006": "ro",
	"srp_cyrl": "sr", "srp_latn": "sr", "bos_latn": "bs", "hau_NG": "ha", "hat_popular": "ht", "tuk_latn": "tk", "nya_chechewa": "ny", "nob": "nb", "lat": "la",
	"oci_1": "oc", "uig_arab": "ug",
}

func main() {
	log.SetFlags(0)
	raw, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var top map[string]map[string]int
	if err := json.Unmarshal(raw, &top); err != nil {
		log.Fatal(err)
	}
	var lines []string
	for name, trigrams := range top {
		code := codes[name]
		if base, err := language.ParseBase(name); code == "" && err == nil {
			code = base.String()
		}
		if len(code) == 2 && code != "ja" && code != "ko" && code != "th" && code != "lo" && code != "km" {
			lines = append(lines, code+"\t"+strings.Join(slices.Sorted(maps.Keys(trigrams)), "|"))
		}
	}
	slices.Sort(lines)
	var out bytes.Buffer
	for _, line := range lines {
		fmt.Fprintln(&out, line)
	}
	if err := os.WriteFile("languages.txt", out.Bytes(), 0o644); err != nil { //nolint:gosec // a public file
		log.Fatal(err)
	}
}
