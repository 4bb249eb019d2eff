//go:build race

package quadstore

const raceDetector = true
