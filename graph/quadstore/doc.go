// Package quadstore keeps a graph in Pebble, an ordered key-value store, on
// disk or in memory by one code path. It implements graph.Store, and cayley's
// graph.QuadStore on the same keys and the same commit.
//
// # Who may do what at once
//
// One transaction writes at a time (Store.writer); any number of snapshots
// read beside it. A snapshot is a Pebble snapshot: it holds no lock, and no
// commit changes what it shows. What a commit writes becomes visible whole, by
// one Pebble batch or one ingestion, together with its journal entry; the
// sequence of a snapshot is that of the last journal entry inside it. Tables
// kept in memory (kinds, words) hold only what never changes once it is
// committed.
//
// # What is stored
//
// Quads, terms and the journal are the truth; every other row is derived from
// them by package graph, in the commit that changes them, and can be rebuilt
// by Reindex to the same bytes. A commit derives what its quads touch twice,
// from the quads before and from those after, and writes the difference.
package quadstore
