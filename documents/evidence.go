package documents

import (
	"cmp"
	"context"
	"slices"

	"github.com/tripartite-graph/tripartite/graph"
)

// Checked is a piece of evidence, and what its document says.
type Checked struct {
	graph.Finding
	Locator graph.Term
	For     graph.Term // the claim or entity that rests on it
}

// place is a piece of evidence in force.
type place struct {
	graph.Locator
	iri, owner graph.Term
}

// Verify checks every piece of evidence in force, of claims and of names, in
// the order of documents and places. A document that the library does not
// find gives EvidenceMissing, even where the evidence names no place in it.
func Verify(ctx context.Context, s graph.Snapshot, names graph.Names, library *Library, yield func(Checked) error) error {
	places, err := inForce(ctx, s, names)
	if err != nil {
		return err
	}
	texts, err := texts(ctx, s, library, places)
	if err != nil {
		return err
	}
	var c Checked
	for _, p := range places {
		if err := ctx.Err(); err != nil {
			return err
		}
		if p.iri != c.Locator { // much stands on the same words, and is sorted by them
			c = Checked{Locator: p.iri, Finding: graph.Finding{State: graph.EvidenceMissing}}
			if t := texts[p.Document]; t != nil {
				c.Finding = t.Look(p.Locator)
			}
		}
		c.For = p.owner
		if err := yield(c); err != nil {
			return err
		}
	}
	return nil
}

// inForce lists the evidence of live claims and of entities' names, sorted.
func inForce(ctx context.Context, s graph.Snapshot, names graph.Names) ([]place, error) {
	var places []place
	add := func(owner graph.Term, rows []graph.EvidenceRow) error {
		for _, e := range rows {
			if !graph.Live(e.Recorded, s.Seq()) {
				continue
			}
			l, err := graph.ParseLocator(names, e.Locator)
			if err != nil {
				return err
			}
			places = append(places, place{l, e.Locator, owner})
		}
		return nil
	}
	err := eachClaim(ctx, s, func(c *graph.ClaimRow) error { return add(c.ID, c.Evidence) })
	if err != nil {
		return nil, err
	}
	err = eachEntity(ctx, s, func(e *graph.EntityRow) error {
		for _, n := range e.Names {
			if err := add(e.ID, n.Evidence); err != nil {
				return err
			}
		}
		return nil
	})
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.Document, b.Document), cmp.Compare(a.Paragraph, b.Paragraph), cmp.Compare(a.Start, b.Start),
			cmp.Compare(a.iri, b.iri), cmp.Compare(a.owner, b.owner))
	})
	return slices.CompactFunc(places, func(a, b place) bool { return a == b }), err
}

// pageSize is how many rows are read at once.
const pageSize = 1000

// eachClaim reads every live claim.
func eachClaim(ctx context.Context, s graph.Snapshot, yield func(*graph.ClaimRow) error) error {
	page := graph.Page{Limit: pageSize}
	for {
		edges, err := s.PageClaims(ctx, nil, graph.MinDay, graph.MaxDay, page)
		if err != nil || len(edges) == 0 {
			return err
		}
		ids := make([]graph.NodeID, len(edges))
		for i, e := range edges {
			ids[i] = e.Claim
		}
		rows, err := s.Claims(ctx, ids)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := yield(row); err != nil {
				return err
			}
		}
		page.After = edges[len(edges)-1].Key
	}
}

// eachEntity reads every live entity.
func eachEntity(ctx context.Context, s graph.Snapshot, yield func(*graph.EntityRow) error) error {
	page := graph.Page{Limit: pageSize}
	for {
		nodes, err := s.PageEntities(ctx, nil, page)
		if err != nil || len(nodes) == 0 {
			return err
		}
		ids := make([]graph.NodeID, len(nodes))
		for i, n := range nodes {
			ids[i] = n.Node
		}
		rows, err := s.Entities(ctx, ids)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := yield(row); err != nil {
				return err
			}
		}
		page.After = nodes[len(nodes)-1].Key
	}
}

// Recognize finds the documents whose file has neither the hash nor the name
// that the graph knows, by their words: from then on the library finds them
// without being told any span.
func Recognize(ctx context.Context, s graph.Snapshot, names graph.Names, library *Library) error {
	places, err := inForce(ctx, s, names)
	if err != nil {
		return err
	}
	_, err = texts(ctx, s, library, places)
	return err
}

// texts finds the text of every document that the places name.
func texts(ctx context.Context, s graph.Snapshot, library *Library, places []place) (map[graph.Term]*Text, error) {
	spans := map[graph.Term][]graph.Locator{}
	for _, p := range places {
		spans[p.Document] = append(spans[p.Document], p.Locator)
	}
	var names []graph.Term
	for d := range spans {
		names = append(names, d)
	}
	ids, err := s.IDs(ctx, names)
	if err != nil {
		return nil, err
	}
	rows, err := s.Entities(ctx, ids)
	if err != nil {
		return nil, err
	}
	found := map[graph.Term]*Text{}
	for i, d := range names {
		found[d] = library.Find(source(d, rows[i], spans[d]))
	}
	return found, nil
}

// source is what an entity says of its document's file.
func source(document graph.Term, row *graph.EntityRow, spans []graph.Locator) graph.Source {
	s := graph.Source{Document: document, Spans: spans}
	if row == nil {
		return s
	}
	for _, f := range row.Facts {
		switch f.Word {
		case graph.WordFileName:
			s.FileName = f.Value.Lexical()
		case graph.WordSHA256:
			s.SHA256 = f.Value.Lexical()
		}
	}
	return s
}
