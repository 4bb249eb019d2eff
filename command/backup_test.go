package command

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
	"github.com/tripartite-graph/tripartite/graph/quadstore"
	"github.com/tripartite-graph/tripartite/schema"
)

// retracted makes a store that loaded a claim and withdrew it.
func retracted(t *testing.T) (store string) {
	t.Helper()
	_, file := located(t)
	store = "file:" + filepath.Join(t.TempDir(), "store")
	call(t, "", "load", "--store", store, file)
	_, export, _ := call(t, "", "export", "--store", store)
	_, rest, _ := strings.Cut(export, graph.DefaultBase+"batch/")
	hash, _, _ := strings.Cut(rest, ">")
	if status, _, complaints := call(t, "", "retract", "--store", store, "--reason", "a hoax", "batch/"+hash); status != exitDone {
		t.Fatalf("retract: %s", complaints)
	}
	return store
}

// past returns the journal, and how many claims a reader counts now and as
// recorded before the last commit.
func past(t *testing.T, store string) (journal []graph.JournalEntry, counts [2]int) {
	t.Helper()
	ontology, err := schema.Ontology(graph.DefaultNames())
	if err != nil {
		t.Fatal(err)
	}
	s, err := quadstore.Open(store, quadstore.Options{Ontology: ontology})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if journal, err = s.Journal(context.Background(), 0, 100); err != nil || len(journal) != 2 {
		t.Fatalf("%d entries: %v", len(journal), err)
	}
	before, err := s.SeqAt(context.Background(), journal[0].Time)
	if err != nil {
		t.Fatal(err)
	}
	for i, seq := range []graph.Seq{0, before} {
		snapshot, err := s.At(context.Background(), seq)
		if err != nil {
			t.Fatal(err)
		}
		claims, err := snapshot.PageClaims(context.Background(), nil, graph.MinDay, graph.MaxDay, graph.Page{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		counts[i] = len(claims)
		if err := snapshot.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return journal, counts
}

func TestBackupAndRestore(t *testing.T) {
	store := retracted(t)
	dir := t.TempDir()
	file, copied := filepath.Join(dir, "b.tar.gz"), "file:"+filepath.Join(dir, "copy")
	if status, out, complaints := call(t, "", "backup", "--store", store, file); status != exitDone || out != "" || !strings.Contains(complaints, "sequence 2") {
		t.Fatalf("backup: %d %s%s", status, out, complaints)
	}
	if status, _, complaints := call(t, "", "restore", "--store", copied, file); status != exitDone || !strings.Contains(complaints, "sequence 2") {
		t.Fatalf("restore: %d %s", status, complaints)
	}
	_, want, _ := call(t, "", "export", "--store", store)
	if _, got, _ := call(t, "", "export", "--store", copied); got != want || want == "" {
		t.Errorf("the restored store exports\n%s, want\n%s", got, want)
	}
	wantJournal, wantCounts := past(t, store)
	journal, counts := past(t, copied)
	if !reflect.DeepEqual(journal, wantJournal) || counts != wantCounts || counts != [2]int{0, 1} {
		t.Errorf("restored: %+v %v, want %+v %v", journal, counts, wantJournal, wantCounts)
	}
	if status, _, complaints := call(t, "", "restore", "--store", copied, file); status != exitFailed || !strings.Contains(complaints, "not empty") {
		t.Errorf("over a store: %d %s", status, complaints)
	}
	if _, got, _ := call(t, "", "export", "--store", copied); got != want {
		t.Error("a refused restore changed the store")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 2 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestBackupThroughStreams(t *testing.T) {
	store := retracted(t)
	status, archive, complaints := call(t, "", "backup", "--store", store, "-")
	if status != exitDone {
		t.Fatalf("backup: %s", complaints)
	}
	dir := t.TempDir()
	copied := "file:" + filepath.Join(dir, "copy") + "/"
	if status, _, complaints := call(t, archive[:len(archive)-9], "restore", "--store", copied, "-"); status != exitFailed || !strings.Contains(complaints, "no whole backup") {
		t.Errorf("cut: %d %s", status, complaints)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("a cut file left %v %v", left, err)
	}
	if status, _, complaints := call(t, archive, "restore", "--store", copied, "-"); status != exitDone {
		t.Errorf("restore: %s", complaints)
	}
}

func TestBackupRefuses(t *testing.T) {
	dir := t.TempDir()
	none, file := "file:"+filepath.Join(dir, "none"), filepath.Join(dir, "b.tar.gz")
	for _, c := range []struct {
		status int
		says   string
		args   []string
	}{
		{exitFailed, "there is no store", []string{"backup", "--store", none, file}},
		{exitUsage, "beside the store", []string{"backup", "--store", "http://127.0.0.1:1", file}},
		{exitUsage, "beside the store", []string{"restore", "--store", "http://127.0.0.1:1", file}},
		{exitUsage, "memory", []string{"backup", "--store", "memory:", file}},
		{exitUsage, "file:PATH", []string{"restore", "--store", "nonsense", file}},
		{exitUsage, "one FILE", []string{"backup"}},
		{exitFailed, "b.tar.gz", []string{"restore", "--store", none, file}},
	} {
		if status, out, complaints := call(t, "", c.args...); status != c.status || out != "" || !strings.Contains(complaints, c.says) {
			t.Errorf("%v: %d %s%s", c.args, status, out, complaints)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// TestBackupOfAStoreInUse says to stop the server, not to ask it.
func TestBackupOfAStoreInUse(t *testing.T) {
	store := retracted(t)
	s, err := quadstore.Open(store, quadstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	file := filepath.Join(t.TempDir(), "b")
	if status, _, complaints := call(t, "", "backup", "--store", store, file); status != exitFailed || !strings.Contains(complaints, "stop it") {
		t.Errorf("%d %s", status, complaints)
	}
}
