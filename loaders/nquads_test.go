package loaders

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/tripartite-graph/tripartite/graph"
)

// heard keeps what a sink is given, each on a line.
type heard struct {
	strings.Builder
	room int // quads until it has enough
}

var errEnough = errors.New("enough")

func (h *heard) sink() Sink { return Sink{Quad: h.quad, Fault: h.fault} }

func (h *heard) quad(q graph.Quad, at graph.Position) error {
	if h.room--; h.room < 0 {
		return errEnough
	}
	fmt.Fprintf(h, "%d:%d %s\n", at.Line, at.Column, q.Subject)
	return nil
}

func (h *heard) fault(p graph.Problem) { fmt.Fprintf(h, "%d fault\n", p.Line) }

// manyBlocks is a file of more than one block for each processor, of which each
// seventh line is faulty, and what is heard of it.
func manyBlocks() (file, want string) {
	var lines, told strings.Builder
	for n := 1; lines.Len() < 20*blockSize; n++ {
		if n%7 == 0 {
			fmt.Fprintf(&lines, "<http://a/%d> no\n", n)
			fmt.Fprintf(&told, "%d fault\n", n)
			continue
		}
		fmt.Fprintf(&lines, " <http://a/%d> <http://b> %q .\n", n, strings.Repeat("c", n%900))
		fmt.Fprintf(&told, "%d:2 <http://a/%d>\n", n, n)
	}
	return lines.String(), told.String()
}

func TestBlocksAreHandedOverInOrder(t *testing.T) {
	file, want := manyBlocks()
	h := &heard{room: 1 << 30}
	if err := readNQuads(strings.NewReader(file), "", Options{}, h.sink()); err != nil {
		t.Fatal(err)
	}
	if h.String() != want {
		t.Error("quads or faults are missing, or stand in another order than in the file")
	}
}

func TestReadingEndsWithTheSink(t *testing.T) {
	file, want := manyBlocks()
	h := &heard{room: 1000}
	if err := readNQuads(strings.NewReader(file), "", Options{}, h.sink()); !errors.Is(err, errEnough) {
		t.Fatalf("got %v, want the error of the sink", err)
	}
	if !strings.HasPrefix(want, h.String()) || h.room != -1 {
		t.Error("more was handed over than the sink had room for, or something else")
	}
}

func TestWhatWasReadBeforeAFaultyStreamIsHandedOver(t *testing.T) {
	file, want := manyBlocks()
	broken := io.MultiReader(strings.NewReader(file), &failing{})
	h := &heard{room: 1 << 30}
	if err := readNQuads(broken, "", Options{}, h.sink()); !errors.Is(err, errBroken) {
		t.Fatalf("got %v, want the error of the stream", err)
	}
	if got := h.String(); !strings.HasPrefix(want, got) || len(got) < len(want)/2 {
		t.Errorf("of %d bytes, %d were heard", len(want), len(got))
	}
}

var errBroken = errors.New("the stream broke")

type failing struct{}

func (*failing) Read([]byte) (int, error) { return 0, errBroken }
