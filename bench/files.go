package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// readFiles takes the graph of the peers' files, so that all answer the same
// questions about the same graph.
func readFiles(dir string) (*workload, error) {
	w := &workload{}
	err := eachLine(filepath.Join(dir, "entities.csv"), func(f []string) error {
		k := slices.IndexFunc(kinds, func(k kind) bool { return k.name == f[1] })
		if k < 0 || number(f[0]) != len(w.entities) {
			return fmt.Errorf("entity %q of kind %q is out of order or unknown", f[0], f[1])
		}
		w.entities = append(w.entities, entity{k, f[2]})
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := eachLine(filepath.Join(dir, "relations.csv"), w.addRelation); err != nil {
		return nil, err
	}
	return w, w.readQuestions(filepath.Join(dir, "queries.json"))
}

// addRelation takes a line of id, src, dst, pred, date, source, asserted_by.
func (w *workload) addRelation(f []string) error {
	r := relation{source: number(f[1]), target: number(f[2])}
	r.tie = slices.IndexFunc(ties, func(t tie) bool {
		return t.name == f[3] && t.source == w.entities[r.source].kind && t.target == w.entities[r.target].kind
	})
	day, err := time.Parse(time.DateOnly, f[4])
	if err != nil || r.tie < 0 {
		return fmt.Errorf("relation %s: date %q, predicate %q between these kinds", f[0], f[4], f[3])
	}
	r.day = int(day.Sub(firstDay) / (24 * time.Hour))
	if _, err := fmt.Sscanf(f[5]+" "+f[6], "doc%d agent%d", &r.document, &r.agent); err != nil {
		return fmt.Errorf("relation %s: %w", f[0], err)
	}
	w.documents, w.agents = max(w.documents, r.document+1), max(w.agents, r.agent+1)
	w.relations = append(w.relations, r)
	return nil
}

// eachLine reads a CSV file below its heading.
func eachLine(path string, yield func([]string) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.ReuseRecord = true
	for n := 0; ; n++ {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && n > 0 {
			err = yield(fields)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
}

// readQuestions takes the questions and the sizes of their answers.
func (w *workload) readQuestions(path string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var lists map[string]json.RawMessage
	if err := json.Unmarshal(content, &lists); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for name, list := range lists {
		n := strings.Index("q1q2q3q4q5q6", name)
		if n < 0 || len(name) != 2 {
			continue
		}
		if err := json.Unmarshal(list, &w.questions[n/2+1]); err != nil {
			return fmt.Errorf("%s: %s: %w", path, name, err)
		}
	}
	for i := range w.questions[5] {
		w.questions[5][i].Want = min(searchPage, w.questions[5][i].Want)
	}
	return nil
}
