// Package quantity reads amounts as people write them: "≥ 600",
// "17..18 million KZT", "~ 800000 KZT", "> 24 hours", "54 %".
//
//	quantity = [approx] (range | [bound] number [scale]) [unit]
//	range    = number ".." number [scale]
//	bound    = "≥" | ">=" | "≤" | "<=" | ">" | "<"
//	approx   = "~" | "≈"
//	scale    = "hundred" | "thousand" | "million" | "billion" | "trillion"
//	number   = digits, with commas between thousands, a point before decimals
//	unit     = the rest: "KZT", "hours", "%"
package quantity

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Quantity is an amount with its bounds.
type Quantity struct {
	Min, Max *float64 // nil: no bound on that side
	// MinStrict and MaxStrict leave the bound itself out: ">" and "<".
	MinStrict, MaxStrict bool
	Approximate          bool
	Unit                 string // as written; "" for a plain count
}

const number = `[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?`

var (
	pattern = regexp.MustCompile(`^(?:(~|≈) ?)?(?:(≥|>=|≤|<=|>|<) ?)?(-?(?:` + number + `))(?:\.\.(-?(?:` + number + `)))?(.*)$`)
	scales  = map[string]float64{"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
)

// Parse reads a lexical form, which callers keep beside the result. The error
// says what is wrong and shows right forms.
func Parse(lexical string) (Quantity, error) {
	m := pattern.FindStringSubmatch(lexical)
	if m == nil {
		return Quantity{}, refuse(lexical, "does not begin with a number")
	}
	approx, bound, from, to := m[1], m[2], m[3], m[4]
	scale, unit, err := parseUnit(m[5])
	if err != nil {
		return Quantity{}, refuse(lexical, err.Error())
	}
	if bound != "" && to != "" {
		return Quantity{}, refuse(lexical, "has both a range and a bound")
	}
	q := Quantity{Approximate: approx != "", Unit: unit}
	q.setBounds(bound, value(from, scale), to, scale)
	for _, v := range []*float64{q.Min, q.Max} {
		if v != nil && math.IsInf(*v, 0) {
			return Quantity{}, refuse(lexical, "is too large")
		}
	}
	if q.Min != nil && q.Max != nil && *q.Min > *q.Max {
		return Quantity{}, refuse(lexical, "has its smaller end last")
	}
	return q, nil
}

func (q *Quantity) setBounds(bound string, from float64, to string, scale float64) {
	switch bound {
	case "≥", ">=":
		q.Min = &from
	case ">":
		q.Min, q.MinStrict = &from, true
	case "≤", "<=":
		q.Max = &from
	case "<":
		q.Max, q.MaxStrict = &from, true
	default:
		high := from
		if to != "" {
			high = value(to, scale)
		}
		q.Min, q.Max = &from, &high
	}
}

// parseUnit takes the scale off what follows the number. A unit stands after
// a space; only a percent or per mille sign may touch the number.
func parseUnit(rest string) (scale float64, unit string, err error) {
	if rest == "" {
		return 1, "", nil
	}
	if rest == "%" || rest == "‰" {
		return 1, rest, nil
	}
	unit, spaced := strings.CutPrefix(rest, " ")
	if !spaced || unit == "" || strings.TrimSpace(unit) != unit {
		return 0, "", fmt.Errorf("goes on with %q; one space parts number and unit", rest)
	}
	if unit[0] >= '0' && unit[0] <= '9' {
		return 0, "", fmt.Errorf("has a second number; thousands are parted by commas")
	}
	word, after, _ := strings.Cut(unit, " ")
	if s, ok := scales[word]; ok {
		return s, after, nil
	}
	return 1, unit, nil
}

// value reads digits that the pattern let through; what is too large is
// infinite.
func value(digits string, scale float64) float64 {
	v, _ := strconv.ParseFloat(strings.ReplaceAll(digits, ",", ""), 64)
	return v * scale
}

func refuse(lexical, why string) error {
	return fmt.Errorf("quantity %q %s; right are 600, ≥ 600, 17..18 million KZT, ~ 800000 KZT, > 24 hours, 54 %%", lexical, why)
}
