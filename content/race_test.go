//go:build race

package content

// underRace: the race detector has sync.Pool forget what it is given now and then, so what is allocated says nothing.
const underRace = true
