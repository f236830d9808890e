//go:build !race

package phrases_test

// underRace is how many times fewer messages a test makes that shares no data.
const underRace = 1
