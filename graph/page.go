package graph

import (
	"context"
	"encoding/base64"
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// MaxPage is the most that first and last may ask for.
const MaxPage = 200

// defaultPage is how long a page is of which nobody said how long.
const defaultPage = 20

// scanChunk is how many rows of an index are read at once.
const scanChunk = 1024

// Paging is a page of a list in the way of Relay. Last wins over First, which
// the schema gives a default.
type Paging struct {
	First  *int
	After  *string
	Last   *int
	Before *string
}

// PageInfo tells what lies around a page.
type PageInfo struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     *string
	EndCursor       *string
}

// ends sets the cursors of a page of n edges.
func (p *PageInfo) ends(n int, cursor func(int) string) {
	if n > 0 {
		start, end := cursor(0), cursor(n-1)
		p.StartCursor, p.EndCursor = &start, &end
	}
}

// mark is a place in a list, as a cursor says it: a number to sort by and
// what stands there. It stays right when things are inserted.
type mark struct {
	seq  Seq // of the snapshot in which the cursor was made
	key  int64
	id   string
	node NodeID
}

// window is a page that was checked.
type window struct {
	limit         int
	backwards     bool // the last ones before the end
	after, before *mark
}

// listSort names a sort of list in its cursors: what stands in it, whatever the
// filter and the order, since a place in one order is one in any other.
type listSort string

// The sorts of lists.
const (
	claimList     listSort = "claim"
	entityList    listSort = "entity"
	neighborList  listSort = "neighbour"
	conflictList  listSort = "conflict"
	batchList     listSort = "batch"
	searchList    listSort = "search"
	statementList listSort = "statement"
	timelineList  listSort = "timeline"
)

// window checks a page of a sort of list and finds the nodes of its cursors.
func (r *Reader) window(ctx context.Context, list listSort, p Paging) (window, error) {
	w := window{limit: defaultPage, backwards: p.Last != nil}
	for name, n := range map[string]*int{"first": p.First, "last": p.Last} {
		if n == nil || name == "first" && w.backwards {
			continue
		}
		if *n < 0 {
			return w, Errorf(CodeInvalid, "%s is %d; it must be 0 or more", name, *n)
		}
		if *n > MaxPage {
			return w, Errorf(CodeLimit, "%s is %d; at most %d can be asked for at once: page on with after and before", name, *n, MaxPage)
		}
		w.limit = *n
	}
	var err error
	if w.after, err = parseCursor(list, "after", p.After); err != nil {
		return w, err
	}
	if w.before, err = parseCursor(list, "before", p.Before); err != nil {
		return w, err
	}
	return w, r.resolve(ctx, w.after, w.before)
}

// resolve finds the nodes of the marks that name one.
func (r *Reader) resolve(ctx context.Context, marks ...*mark) error {
	var set []*mark
	var ids []string
	for _, m := range marks {
		if m != nil {
			set, ids = append(set, m), append(ids, m.id)
		}
	}
	nodes, err := r.nodes(ctx, ids)
	for i, n := range nodes {
		set[i].node = n
	}
	return err
}

// cursorVersion stands before every cursor.
const cursorVersion = "2"

// cursor writes the place of the thing with this id.
func (r *Reader) cursor(list listSort, key int64, id string) string {
	text := append(make([]byte, 0, 128), cursorVersion+" "+string(list)+" "...)
	text = append(strconv.AppendUint(text, uint64(r.Seq()), 10), ' ')
	text = append(strconv.AppendInt(text, key, 10), ' ')
	return base64.RawURLEncoding.EncodeToString(append(text, id...))
}

// parseCursor reads what cursor wrote; a nil or empty cursor is no place.
func parseCursor(list listSort, argument string, cursor *string) (*mark, error) {
	if cursor == nil || *cursor == "" {
		return nil, nil
	}
	bytes, err := base64.RawURLEncoding.DecodeString(*cursor)
	version, rest, _ := strings.Cut(string(bytes), " ")
	m := &mark{}
	var of listSort
	if err == nil && version == cursorVersion {
		_, err = fmt.Sscanf(rest, "%s %d %d %s", &of, &m.seq, &m.key, &m.id)
	}
	if err != nil || version != cursorVersion {
		return nil, Errorf(CodeInvalid, "%s: %q is no cursor; take one from pageInfo or edges of an earlier page", argument, *cursor)
	}
	if of != list {
		return nil, Errorf(CodeInvalid, "%s: the cursor is of another list, of sort %s; this one is of sort %s: take one from an earlier page of it", argument, of, list)
	}
	return m, nil
}

// cut finds the page in a sorted list of n; compare tells where element i
// stands to a mark.
func (w window) cut(n int, compare func(i int, m *mark) int) (from, to int, info PageInfo) {
	from, to = 0, n
	if w.after != nil {
		from = sort.Search(n, func(i int) bool { return compare(i, w.after) > 0 })
	}
	if w.before != nil {
		to = max(from, sort.Search(n, func(i int) bool { return compare(i, w.before) >= 0 }))
	}
	if w.backwards {
		from = max(from, to-w.limit)
	} else {
		to = min(to, from+w.limit)
	}
	return from, to, PageInfo{HasNextPage: to < n, HasPreviousPage: from > 0}
}
