//go:build !race

package intent

// underRace is how many times fewer iterations a test makes that shares no data.
const underRace = 1
