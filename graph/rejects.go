package graph

import (
	"slices"
	"strings"
)

// rejects writes what is unsound as N-Quads, as it stood in its file: claims
// without an id keep their blank node, so that they are named anew when they
// are mended. Before each thing stand its faults, as comments; a file that
// could not be read whole is mended itself, and has its faults alone.
func (d *draft) rejects(problems []Problem) string {
	var b strings.Builder
	reasons := map[Term][]string{}
	for _, p := range problems {
		line := "# " + strings.ReplaceAll(p.String(), "\n", " ") + "\n"
		if p.About == "" {
			b.WriteString(line)
			continue
		}
		reasons[p.About] = append(reasons[p.About], line)
	}
	written := map[int32]bool{}
	for i := range d.quads {
		if owner := d.terms.Term(d.ownerOf(&d.quads[i])); d.unsound[owner] {
			for _, line := range reasons[owner] {
				b.WriteString(line)
			}
			delete(reasons, owner)
			d.reject(&b, int32(i), written)
		}
	}
	return b.String()
}

// ownerOf is the claim, entity or node that a quad is a part of.
func (d *draft) ownerOf(q *located) uint32 {
	if label := q.NumberedQuad[3]; label != 0 && d.sorts[label] == sortClaim {
		return label
	}
	return q.NumberedQuad[0]
}

// reject writes a quad, and what is said of the voice, group or name that it
// leads to.
func (d *draft) reject(b *strings.Builder, at int32, written map[int32]bool) {
	if written[at] {
		return
	}
	written[at] = true
	q := &d.quads[at]
	b.WriteString(d.quad(at).Line())
	words := []string{WordAssertedBy, WordGroup, WordName}
	object := q.NumberedQuad[2]
	if !slices.Contains(words, d.word(q)) || d.sorts[object] == sortEntity {
		return
	}
	for _, inner := range d.subject.of(object) {
		d.reject(b, inner, written)
	}
}
