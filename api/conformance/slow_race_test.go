//go:build race

package conformance

// slowdown is how much slower, and larger, the race detector makes the program.
const slowdown = 10
