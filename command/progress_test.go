package command

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

func TestMeterInALog(t *testing.T) {
	var out bytes.Buffer
	m := (&program{err: &out}).meter()
	m.step("reading", 0)
	m.step("reading", 5)
	m.step("writing", 7)
	m.end()
	if out.String() != "reading\nwriting (7 quads)\n" {
		t.Errorf("%q", out.String())
	}
}

func TestMeterOnATerminal(t *testing.T) {
	var out bytes.Buffer
	m := &meter{out: &out, terminal: true}
	m.expect(8)
	read := metered{io.NopCloser(strings.NewReader("1234")), m}
	if _, err := io.ReadAll(read); err != nil {
		t.Fatal(err)
	}
	m.step("reading", 0)
	m.end()
	want := "\r\x1b[K[" + strings.Repeat("█", 12) + strings.Repeat("·", 12) + "]  50 % reading\r\x1b[K"
	if out.String() != want {
		t.Errorf("%q", out.String())
	}
}
