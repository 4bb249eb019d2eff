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
	tee := io.TeeReader(r, sum)
	buffered := bufio.NewReaderSize(tee, 1<<16)
	if magic, _ := buffered.Peek(2); len(magic) == 2 && magic[0] == 0x1f && magic[1] == 0x8b {
		unpacked, err := gzip.NewReader(buffered)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		buffered = bufio.NewReaderSize(unpacked, 1<<16)
	}
	head, _ := buffered.Peek(headSize)
	f := ByName(format)
	if format == "" || format == "auto" {
		f = Detect(file, head)
	}
	if f == nil {
		s.Fault(syntax(0, 0, fmt.Sprintf("the format is not told by the name or the first bytes: give it with --format, one of %s", strings.Join(Names(), ", "))))
		return nil
	}
	if err := f.Read(buffered, file, o, s); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	_, err := io.Copy(io.Discard, tee)
	return err
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
