//go:build !race

package conformance

// slowdown is how much slower this build is than the program.
const slowdown = 1
