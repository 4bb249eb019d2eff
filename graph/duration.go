package graph

import (
	"regexp"
	"strconv"
)

// durationPattern is an ISO 8601 duration of whole or decimal parts.
var durationPattern = regexp.MustCompile(
	`^(-?)P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$`)

// durationWeights are the parts of durationPattern in days. Months are twelfths of a year
// of 365.2425 days, so that P12M is P1Y.
var durationWeights = []float64{365.2425, 365.2425 / 12, 7, 1, 1.0 / 24, 1.0 / 1440, 1.0 / 86400}

// durationsDiffer tells whether two durations differ by more than an hour's
// rounding; what is no duration differs from nothing.
func durationsDiffer(a, b string) bool {
	x, ok := durationDays(a)
	y, ok2 := durationDays(b)
	return ok && ok2 && (x-y > 1.0/24 || y-x > 1.0/24)
}

// durationDays returns the length of an ISO 8601 duration in days.
func durationDays(s string) (float64, bool) {
	parts := durationPattern.FindStringSubmatch(s)
	if parts == nil {
		return 0, false
	}
	days := 0.0
	for i, weight := range durationWeights {
		n, err := strconv.ParseFloat(parts[i+2], 64)
		if err != nil && parts[i+2] != "" {
			return 0, false
		}
		days += n * weight
	}
	if parts[1] == "-" {
		days = -days
	}
	return days, true
}
