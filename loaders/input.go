package loaders

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"

	"github.com/tripartite-graph/tripartite/graph"
)

// Input makes an input of the importer from a stream of bytes, which it opens
// when it is read. format is the name of a format, "" or auto to detect it;
// gzip is recognized by its first bytes. The hash is that of the bytes as they
// came, compressed or not.
func Input(file, format string, o Options, open func() (io.ReadCloser, error)) graph.Input {
	sum := sha256.New()
	return graph.Input{
		File: file,
		Read: func(quad func(graph.Quad, graph.Position) error, fault func(graph.Problem)) error {
			r, err := open()
			if err != nil {
				return err
			}
			err = read(r, sum, file, format, o, Sink{quad, fault})
			return errors.Join(err, r.Close())
		},
		Hash: func() string { return hex.EncodeToString(sum.Sum(nil)) },
	}
}

// read unpacks, detects and reads; what is left of the bytes is hashed too.
func read(r io.Reader, sum hash.Hash, file, format string, o Options, s Sink) error {
	const headSize = 4096
	packed := &counted{Reader: io.TeeReader(r, sum)}
	tee := io.Reader(packed)
	buffered := bufio.NewReaderSize(tee, 1<<16)
	if magic, _ := buffered.Peek(2); len(magic) == 2 && magic[0] == 0x1f && magic[1] == 0x8b {
		unpacked, err := gzip.NewReader(buffered)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		buffered = bufio.NewReaderSize(&unpacking{r: unpacked, packed: packed}, 1<<16)
	}
	if o.MaxBytes > 0 {
		buffered = bufio.NewReaderSize(&bounded{buffered, o.MaxBytes, o.MaxBytes}, 1<<16)
	}
	head, _ := buffered.Peek(headSize)
	f := ByName(format)
	if format == "" || format == "auto" {
		f = Detect(file, head)
	}
	if f == nil || f.Read == nil {
		s.Fault(syntax(0, 0, fmt.Sprintf("the format is not told by the name or the first bytes: give it with --format, one of %s", strings.Join(Names(), ", "))))
		return nil
	}
	if err := f.Read(buffered, file, o, s); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	_, err := io.Copy(io.Discard, tee)
	return err
}

// counted counts the bytes that were read.
type counted struct {
	io.Reader
	n int64
}

// Read implements io.Reader.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

// Bounds of what gzip unpacks to: past the first bytes, so many times what it
// came as. Text packs to a tenth, a bomb to a thousandth.
const (
	freeBytes = 64 << 20
	maxRatio  = 200
)

// unpacking refuses what unpacks beyond all measure.
type unpacking struct {
	r      io.Reader
	packed *counted
	n      int64
}

// Read implements io.Reader.
func (u *unpacking) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	if u.n += int64(n); u.n > freeBytes && u.n > maxRatio*u.packed.n {
		return 0, graph.Errorf(graph.CodeLimit, "the file unpacks to more than %d times its size: if that is right, unpack it first", maxRatio)
	}
	return n, err
}

// bounded refuses what is longer than a bound.
type bounded struct {
	r           io.Reader
	left, bound int64
}

// Read implements io.Reader.
func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, graph.Errorf(graph.CodeLimit, "the file holds more than %d bytes: split it", b.bound)
	}
	return n, err
}

// readAll reads a file that its format needs whole.
func readAll(r io.Reader, o Options) ([]byte, error) {
	limit := o.MaxFile
	if limit == 0 {
		limit = DefaultMaxFile
	}
	data, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	if err == nil && len(data) > limit {
		return nil, graph.Errorf(graph.CodeLimit, "the file is longer than %d bytes: split it, or give it as N-Quads, which is read line by line", limit)
	}
	return data, err
}
