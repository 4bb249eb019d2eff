package api

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// negotiate returns the media type of offers that an Accept header likes best
// (RFC 9110, 12.5.1); among equals the first offered. Without a header that is the
// first offer; "" where none is acceptable.
func negotiate(r *http.Request, offers ...string) string {
	header := strings.Join(r.Header.Values("Accept"), ",")
	if strings.TrimSpace(header) == "" {
		return offers[0]
	}
	best, bestQuality := "", 0.0
	for _, offer := range offers {
		if q := quality(header, offer); q > bestQuality {
			best, bestQuality = offer, q
		}
	}
	return best
}

// quality returns the weight of an offer: that of the most specific range
// that matches it.
func quality(header, offer string) float64 {
	found, specificity := 0.0, -1
	for part := range strings.SplitSeq(header, ",") {
		media, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		how := matches(media, offer)
		if how <= specificity {
			continue
		}
		q := 1.0
		if given, ok := params["q"]; ok {
			if q, err = strconv.ParseFloat(given, 64); err != nil {
				q = 0
			}
		}
		found, specificity = q, how
	}
	return found
}

// matches tells how closely a media range fits an offer: -1 not at all, 2 exactly.
func matches(media, offer string) int {
	kind, _, _ := strings.Cut(offer, "/")
	switch media {
	case offer:
		return 2
	case kind + "/*":
		return 1
	case "*/*":
		return 0
	}
	return -1
}
