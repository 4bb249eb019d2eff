package quantity

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func at(v float64) *float64 { return &v }

func TestParse(t *testing.T) {
	for lexical, want := range map[string]Quantity{
		"600":                  {Min: at(600), Max: at(600)},
		"0":                    {Min: at(0), Max: at(0)},
		"-3.5 °C":              {Min: at(-3.5), Max: at(-3.5), Unit: "°C"},
		"≥ 600":                {Min: at(600)},
		">= 600":               {Min: at(600)},
		"≥600 workers":         {Min: at(600), Unit: "workers"},
		"≤ 3 months":           {Max: at(3), Unit: "months"},
		"> 24 hours":           {Min: at(24), MinStrict: true, Unit: "hours"},
		"< 10 days":            {Max: at(10), MaxStrict: true, Unit: "days"},
		"17..18 million KZT":   {Min: at(17e6), Max: at(18e6), Unit: "KZT"},
		"40..50":               {Min: at(40), Max: at(50)},
		"~ 800000 KZT":         {Min: at(800000), Max: at(800000), Approximate: true, Unit: "KZT"},
		"~20..30 people":       {Min: at(20), Max: at(30), Approximate: true, Unit: "people"},
		"~ > 5 years":          {Min: at(5), MinStrict: true, Approximate: true, Unit: "years"},
		"54 %":                 {Min: at(54), Max: at(54), Unit: "%"},
		"54%":                  {Min: at(54), Max: at(54), Unit: "%"},
		"1,595,800 KZT":        {Min: at(1595800), Max: at(1595800), Unit: "KZT"},
		"1,200.50 USD":         {Min: at(1200.5), Max: at(1200.5), Unit: "USD"},
		"2.5 billion":          {Min: at(2.5e9), Max: at(2.5e9)},
		"10 monthly wages":     {Min: at(10), Max: at(10), Unit: "monthly wages"},
		"3 million tonnes oil": {Min: at(3e6), Max: at(3e6), Unit: "tonnes oil"},
	} {
		got, err := Parse(lexical)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("Parse(%q): %v\n%s", lexical, err, diff)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, lexical := range []string{
		"", " ", "many", "~", "≥", " 600", "600 ", "6 00", "1,00", "1,000,00", "600KZT", "600  KZT",
		"18..17", "18..", "..18", "> 3..4", "1.2.3", ".5", "1e9", "NaN", "≥ ≥ 3", "> -", "600\nKZT\n",
	} {
		if got, err := Parse(lexical); err == nil {
			t.Errorf("Parse(%q) = %v; want an error", lexical, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"≥ 600", "17..18 million KZT", "~ 800000 KZT", "1,595,800", "54 %"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := Parse(s)
		if err != nil {
			return
		}
		if q.Min == nil && q.Max == nil {
			t.Errorf("Parse(%q) has no bound", s)
		}
		if q.Min != nil && math.IsInf(*q.Min, 0) || q.Max != nil && math.IsInf(*q.Max, 0) {
			t.Errorf("Parse(%q) is infinite", s)
		}
	})
}
