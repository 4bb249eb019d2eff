// Package edtf reads dates in the Extended Date/Time Format (ISO 8601-2:2019,
// levels 0 to 2) as bounds in whole days.
//
// Calendar and levels are those of github.com/sfomuseum/go-edtf. Some things
// are done here, because the library gets them wrong or refuses them:
//   - Its patterns are not anchored: "2018-02/.." is read as the month
//     2018-02, and the open end is lost. A date must match datePattern whole.
//   - It refuses qualified ends of intervals ("2014~/2015", "2017~/.."), and
//     "../..". Intervals are cut at the slash here, and each end read alone.
//   - It reads "2014-06-15?" as a month that begins on the 15th. Qualifiers are
//     taken off before it sees the date: they never move its bounds.
//   - It accepts an interval that ends before it begins.
//   - Sets are taken apart here too, for the same reasons.
//   - It panics at significant digits ("9550S4"): that form is refused, as are
//     the years beyond four digits that Go's time does not hold.
package edtf

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"time"

	library "github.com/sfomuseum/go-edtf"
	"github.com/sfomuseum/go-edtf/parser"
)

// The ends of time: Date.Low of an open or unknown start, Date.High of an
// open or unknown end.
const (
	MinDay = math.MinInt32
	MaxDay = math.MaxInt32
)

// End tells what is known of an end of a date.
type End uint8

// The kinds of ends.
const (
	Known   End = iota
	Open        // "..": it goes on without a bound
	Unknown     // empty: there is a bound, and nobody said which
)

// Date is what a lexical form says, as bounds.
type Date struct {
	Low, High   int32 // first and last day, in days since 1970-01-01 (proleptic Gregorian)
	Start, End  End
	Interval    bool // written with a slash
	Approximate bool // "~" or "%" at either end
	Uncertain   bool // "?" or "%" at either end
}

const (
	qualifier = `[?~%]?`
	pair      = `-` + qualifier + `[0-9X]{2}` + qualifier
)

// datePattern is every form of a single date, season, decade, or date and
// time that is read; the library judges whether it exists.
var datePattern = regexp.MustCompile(`^(` +
	qualifier + `-?[0-9][0-9X]{3}` + qualifier + `(` + pair + `(` + pair + `)?)?` +
	`|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}(:[0-9]{2})?)?` +
	`)$`)

var withoutQualifiers = strings.NewReplacer("~", "", "?", "", "%", "")

// Parse reads a lexical form. The error says what is wrong and shows a right form.
func Parse(lexical string) (Date, error) {
	if members, ok := set(lexical); ok {
		return parseSet(lexical, members)
	}
	start, end, interval := strings.Cut(lexical, "/")
	if !interval {
		return parseEnd(lexical, false)
	}
	low, err := parseEnd(start, true)
	if err != nil {
		return Date{}, fmt.Errorf("%q: %w", lexical, err)
	}
	high, err := parseEnd(end, true)
	if err != nil {
		return Date{}, fmt.Errorf("%q: %w", lexical, err)
	}
	return join(lexical, low, high)
}

// set returns what stands between the brackets of [one of a set] or {all of a set}.
func set(s string) (members string, ok bool) {
	n := len(s)
	if n > 2 && (s[0] == '[' && s[n-1] == ']' || s[0] == '{' && s[n-1] == '}') {
		return s[1 : n-1], true
	}
	return "", false
}

// parseSet reads dates and ranges, parted by commas. The bounds of a set are
// those of its earliest and latest member: a set is no interval.
func parseSet(lexical, members string) (Date, error) {
	d := Date{Low: MaxDay, High: MinDay}
	for member := range strings.SplitSeq(members, ",") {
		from, to, isRange := strings.Cut(member, "..")
		if !isRange {
			to = from
		}
		low, err := parseMember(from, isRange)
		if err != nil {
			return Date{}, fmt.Errorf("%q: %w", lexical, err)
		}
		high, err := parseMember(to, isRange)
		if err != nil {
			return Date{}, fmt.Errorf("%q: %w", lexical, err)
		}
		m, err := join(lexical, low, high)
		if err != nil {
			return Date{}, err
		}
		if m.Low < d.Low {
			d.Low, d.Start = m.Low, m.Start
		}
		if m.High > d.High {
			d.High, d.End = m.High, m.End
		}
		d.Approximate = d.Approximate || m.Approximate
		d.Uncertain = d.Uncertain || m.Uncertain
	}
	return d, nil
}

// parseMember reads an end of a range in a set, which is open where it is empty.
func parseMember(s string, inRange bool) (Date, error) {
	if inRange && s == "" {
		s = ".."
	}
	return parseEnd(s, inRange)
}

// join makes an interval of its two ends.
func join(lexical string, low, high Date) (Date, error) {
	d := Date{
		Low: low.Low, High: high.High, Start: low.Start, End: high.End, Interval: true,
		Approximate: low.Approximate || high.Approximate,
		Uncertain:   low.Uncertain || high.Uncertain,
	}
	if d.Low > d.High {
		return Date{}, fmt.Errorf("%q: the interval ends before it begins; write the earlier date first", lexical)
	}
	return d, nil
}

// parseEnd reads a single date, or an end of an interval.
func parseEnd(s string, inInterval bool) (Date, error) {
	if inInterval {
		switch s {
		case "":
			return Date{Low: MinDay, High: MaxDay, Start: Unknown, End: Unknown}, nil
		case "..":
			return Date{Low: MinDay, High: MaxDay, Start: Open, End: Open}, nil
		}
	}
	if !datePattern.MatchString(s) {
		return Date{}, fmt.Errorf("%q is no EDTF date; 2017, 2017-07, 2017-07-25, 2019-10/2020-03, 2014~, 2014?, 201X, ../2017 and 2017/.. are", s)
	}
	parsed, err := parser.ParseString(withoutQualifiers.Replace(s))
	if err != nil {
		return Date{}, fmt.Errorf("%q is no date of the calendar, or of a form that is not supported; 2017-07-25 is year, month, day", s)
	}
	return bounds(s, parsed)
}

// bounds reduces the library's four dates to first and last day.
func bounds(s string, parsed *library.EDTFDate) (Date, error) {
	d := Date{Approximate: strings.ContainsAny(s, "~%"), Uncertain: strings.ContainsAny(s, "?%")}
	low, err := parsed.Lower()
	if err != nil {
		return Date{}, err
	}
	high, err := parsed.Upper()
	if err != nil {
		return Date{}, err
	}
	d.Low, d.High = day(*low), day(*high)
	return d, nil
}

// day counts days since 1970-01-01, rounding towards the past.
func day(t time.Time) int32 {
	const seconds = 24 * 60 * 60
	u := t.Unix()
	if u < 0 {
		u -= seconds - 1
	}
	return int32(u / seconds)
}
