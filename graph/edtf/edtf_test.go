package edtf

import (
	"strings"
	"testing"
	"time"
)

// on returns the day of a date as Date counts it.
func on(t *testing.T, date string) int32 {
	t.Helper()
	switch date {
	case "min":
		return MinDay
	case "max":
		return MaxDay
	}
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		t.Fatal(err)
	}
	return int32(at.Sub(time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour))
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		lexical, low, high string
		start, end         End
		marks              string // i interval, ~ approximate, ? uncertain
	}{
		{"1970-01-01", "1970-01-01", "1970-01-01", Known, Known, ""},
		{"1969-12-31", "1969-12-31", "1969-12-31", Known, Known, ""},
		{"2017", "2017-01-01", "2017-12-31", Known, Known, ""},
		{"2017-07", "2017-07-01", "2017-07-31", Known, Known, ""},
		{"2016-02", "2016-02-01", "2016-02-29", Known, Known, ""},
		{"2017-02", "2017-02-01", "2017-02-28", Known, Known, ""},
		{"2017-07-25", "2017-07-25", "2017-07-25", Known, Known, ""},
		{"2019-10/2020-03", "2019-10-01", "2020-03-31", Known, Known, "i"},
		{"2017-07-25/2017-07-25", "2017-07-25", "2017-07-25", Known, Known, "i"},
		{"2014~", "2014-01-01", "2014-12-31", Known, Known, "~"},
		{"2014?", "2014-01-01", "2014-12-31", Known, Known, "?"},
		{"2014%", "2014-01-01", "2014-12-31", Known, Known, "~?"},
		{"2014-06~", "2014-06-01", "2014-06-30", Known, Known, "~"},
		{"2014-06-15?", "2014-06-15", "2014-06-15", Known, Known, "?"},
		{"2014-~06", "2014-06-01", "2014-06-30", Known, Known, "~"},
		{"201X", "2010-01-01", "2019-12-31", Known, Known, ""},
		{"20XX", "2000-01-01", "2099-12-31", Known, Known, ""},
		{"2017-XX", "2017-01-01", "2017-12-31", Known, Known, ""},
		{"2017-02-XX", "2017-02-01", "2017-02-28", Known, Known, ""},
		{"2017-XX-XX", "2017-01-01", "2017-12-31", Known, Known, ""},
		{"2017-22", "2017-06-01", "2017-08-31", Known, Known, ""},
		{"2017-24", "2017-12-01", "2018-02-28", Known, Known, ""},
		{"2017-33", "2017-01-01", "2017-03-31", Known, Known, ""},
		{"2017-07-25T23:30:00Z", "2017-07-25", "2017-07-25", Known, Known, ""},
		{"[2015,2017]", "2015-01-01", "2017-12-31", Known, Known, ""},
		{"{2016-03,2015..2015-06,2014?}", "2014-01-01", "2016-03-31", Known, Known, "?"},
		{"[2015..]", "2015-01-01", "max", Known, Open, ""},
		{"[..2015]", "min", "2015-12-31", Open, Known, ""},
		{"../2017", "min", "2017-12-31", Open, Known, "i"},
		{"/2017", "min", "2017-12-31", Unknown, Known, "i"},
		{"2017/..", "2017-01-01", "max", Known, Open, "i"},
		{"2017/", "2017-01-01", "max", Known, Unknown, "i"},
		{"2018-02/..", "2018-02-01", "max", Known, Open, "i"},
		{"2018-02-14/", "2018-02-14", "max", Known, Unknown, "i"},
		{"../..", "min", "max", Open, Open, "i"},
		{"/", "min", "max", Unknown, Unknown, "i"},
		{"../", "min", "max", Open, Unknown, "i"},
		{"2014~/2015", "2014-01-01", "2015-12-31", Known, Known, "i~"},
		{"2014-06/2015?", "2014-06-01", "2015-12-31", Known, Known, "i?"},
		{"2017~/..", "2017-01-01", "max", Known, Open, "i~"},
		{"201X/2021-03", "2010-01-01", "2021-03-31", Known, Known, "i"},
		{"2017/2017-03", "2017-01-01", "2017-03-31", Known, Known, "i"},
	} {
		got, err := Parse(c.lexical)
		want := Date{
			Low: on(t, c.low), High: on(t, c.high), Start: c.start, End: c.end,
			Interval:    strings.Contains(c.marks, "i"),
			Approximate: strings.Contains(c.marks, "~"),
			Uncertain:   strings.Contains(c.marks, "?"),
		}
		if err != nil || got != want {
			t.Errorf("Parse(%q) = %+v, %v; want %+v", c.lexical, got, err, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, lexical := range []string{
		"", "..", "17", "2017-7", "2017-13", "2017-00", "2017-02-29", "2017-04-31", "2017-07-32",
		"2020-03/2019-10", "2017/2018/2019", "2017/2016/", " 2017", "2017 ", "2017\n", "open", "2017/open",
		"uuuu", "199u", "2017x", "2018-02foo", "2017-07-XXfoo", "25 July 2017", "2017/07/25", "25.07.2017",
		"2X17", "XXXX", "[2015,", "[2015}", "[]", "[2015,]", "[2017..2015]", "[2015/2016]", "2017-07-25T25:00:00Z", "~", "?/2017", "9550S4", "Y17000", "２０１７",
	} {
		if got, err := Parse(lexical); err == nil {
			t.Errorf("Parse(%q) = %+v; want an error", lexical, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2017", "2019-10/2020-03", "2014~/..", "[2015..2017]", "{2015,..}", "201X-1X"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := Parse(s)
		if err == nil && d.Low > d.High {
			t.Errorf("Parse(%q) has bounds %d > %d", s, d.Low, d.High)
		}
	})
}
