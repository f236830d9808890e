package reliability

import (
	"fmt"
	"strings"
	"testing"
)

// Document is docs/reliability.md: what kills and damages did when they were last recorded.
func Document(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("# Reliability\n\n" +
		"What was done to datasets, how often, and what was lost. Tests make this page from what\n" +
		"`make kills` and `make damages` measured last; `go test` does a few of both each time.\n\n")
	writeKills(&b, read[Killed](t, killsFile))
	writeDamages(&b, read[Damaged](t, damagesFile))
	return b.String()
}

func writeKills(b *strings.Builder, list []Killed) {
	b.WriteString("## Killed\n\n" +
		"A program that does the work is killed (SIGKILL) at random moments between its beginning and\n" +
		"its end. Then the dataset is opened as at the next start and has to be sound\n" +
		"(`integrity_check`), with all that was said to be stored; a change is there as a whole or not at\n" +
		"all; undo and redo work; files that are made are whole or not there, and what they replace is\n" +
		"kept; the same work can be done again; and nothing else is left in the folder. A kill counts as a\n" +
		"loss where any of that fails.\n\n" +
		"| work | kills | of these, it was all there | losses |\n| --- | ---: | ---: | ---: |\n")
	var all Killed
	for _, k := range list {
		fmt.Fprintf(b, "| %s | %d | %d | %d |\n", works[place(k.Work)].does, k.Kills, k.Done, k.Lost)
		all.Kills, all.Done, all.Lost = all.Kills+k.Kills, all.Done+k.Done, all.Lost+k.Lost
	}
	fmt.Fprintf(b, "| **All** | **%d** | **%d** | **%d** |\n\n", all.Kills, all.Done, all.Lost)
	b.WriteString("Several files of one export can't be replaced at the very same time: they are renamed one right\n" +
		"after another when all are written, and a kill in that fraction of a millisecond would leave files\n" +
		"of two exports. A kill is not a power cut, which takes the disk's own memory with it.\n\n")
}

func writeDamages(b *strings.Builder, list []Damaged) {
	var all Damaged
	for _, d := range list {
		all.Messages, all.Times = d.Messages, all.Times+d.Times
		all.Refused, all.Wrong, all.Failed = all.Refused+d.Refused, all.Wrong+d.Wrong, all.Failed+d.Failed
	}
	fmt.Fprintf(b, "## Damaged\n\n"+
		"A dataset with %s messages is damaged at random places, opened, used and rescued. A failure is a\n"+
		"crash, a hang, an error that isn't a sentence, or a change to the damaged file. *Noticed* is how\n"+
		"often opening or using the file said that it is damaged; *rescued* is the share of the messages\n"+
		"with the very text that they had.\n\n"+
		"| damage | times | noticed | rescued on average | at worst | with another text | failures |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n", thousands(all.Messages))
	for _, d := range list {
		fmt.Fprintf(b, "| %s | %d | %d | %.2f %% | %.2f %% | %d | %d |\n", d.Damage, d.Times, d.Noticed, 100*d.Share, 100*d.Worst, d.Wrong, d.Failed)
	}
	fmt.Fprintf(b, "| **All** | **%d** | | | | **%d** | **%d** |\n\n", all.Times, all.Wrong, all.Failed)
	fmt.Fprintf(b, "In %d cases nothing at all could be rescued. The file has no checksums: a bit that flips inside a\n"+
		"text is neither noticed nor repaired, and counts as another text, as do messages that a log of\n"+
		"another time brings back.\n", all.Refused)
}

// thousands is a number with commas.
func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
