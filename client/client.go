// Package client loads into a running server, exports from it and withdraws
// what it holds, since an embedded store has one writer.
package client

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tripartite-graph/tripartite/graph"
)

// Client talks to one server.
type Client struct {
	URL   string // of the server: http://127.0.0.1:8080
	Token string // "" sends none
	HTTP  *http.Client
}

// File is a file to load.
type File struct {
	Name string // tells the format, where Options.Format does not
	Open func() (io.ReadCloser, error)
}

// LoadOptions says how to load.
type LoadOptions struct {
	Format             string // "" or auto: by names and first bytes
	DryRun, BestEffort bool
}

// Load sends files as one commit, and returns the server's report. A refusal
// is no error.
func (c *Client) Load(ctx context.Context, files []File, o LoadOptions) (*graph.Report, error) {
	query := url.Values{"format": {o.Format}, "dryRun": {strconv.FormatBool(o.DryRun)}, "bestEffort": {strconv.FormatBool(o.BestEffort)}}
	for _, f := range files {
		query.Add("file", f.Name)
	}
	body, sending := io.Pipe()
	parts := multipart.NewWriter(sending)
	go func() { _ = sending.CloseWithError(send(parts, files)) }()
	request, err := c.request(ctx, http.MethodPost, "/quads?"+query.Encode(), body)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "multipart/mixed; boundary="+parts.Boundary())
	var report graph.Report
	return &report, c.answer(request, &report, http.StatusOK, http.StatusUnprocessableEntity)
}

// send writes files as parts.
func send(parts *multipart.Writer, files []File) error {
	for _, f := range files {
		r, err := f.Open()
		if err != nil {
			return err
		}
		part, err := parts.CreatePart(nil)
		if err == nil {
			_, err = io.Copy(part, r)
		}
		if err = errors.Join(err, r.Close()); err != nil {
			return err
		}
	}
	return parts.Close()
}

// Export writes the graph, or a part of it, in the format of a media type.
func (c *Client) Export(ctx context.Context, w io.Writer, media string, q graph.ExportQuery) error {
	query := url.Values{"flavour": {"full"}}
	if q.Truthy {
		query.Set("flavour", "truthy")
	}
	if q.Root != "" {
		query.Set("root", q.Root)
		query.Set("depth", strconv.Itoa(q.Depth))
	}
	request, err := c.request(ctx, http.MethodGet, "/quads?"+query.Encode(), nil)
	if err != nil {
		return err
	}
	request.Header.Set("Accept", media)
	response, err := c.do(request, http.StatusOK)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, response.Body)
	return errors.Join(err, response.Body.Close())
}

// Retract withdraws a claim or a batch, and returns the id of the retraction.
func (c *Client) Retract(ctx context.Context, target, reason string) (string, error) {
	return c.act(ctx, `mutation($target: ID!, $reason: String!) { act: retract(input: {target: $target, reason: $reason}) { retraction { id } userErrors { message } } }`, target, reason)
}

// Undo ends a withdrawal, and returns the id of the retraction that ended.
func (c *Client) Undo(ctx context.Context, target, reason string) (string, error) {
	return c.act(ctx, `mutation($target: ID!, $reason: String!) { act: undoRetraction(input: {target: $target, reason: $reason}) { sequence userErrors { message } } }`, target, reason)
}

// act runs a mutation on one thing.
func (c *Client) act(ctx context.Context, mutation, target, reason string) (string, error) {
	body, err := json.Marshal(map[string]any{"query": mutation, "variables": map[string]string{"target": target, "reason": reason}})
	if err != nil {
		return "", err
	}
	request, err := c.request(ctx, http.MethodPost, "/graphql", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/graphql-response+json")
	var answer struct {
		Errors []struct{ Message string }
		Data   struct {
			Act struct {
				Retraction *struct{ ID string }
				UserErrors []struct{ Message string }
			}
		}
	}
	if err := c.answer(request, &answer, http.StatusOK); err != nil {
		return "", err
	}
	for _, e := range append(answer.Errors, answer.Data.Act.UserErrors...) {
		return "", graph.Errorf(graph.CodeInvalid, "%s", e.Message)
	}
	if r := answer.Data.Act.Retraction; r != nil {
		return r.ID, nil
	}
	return target, nil
}

func (c *Client) request(ctx context.Context, method, path string, body io.Reader) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, method, strings.TrimSuffix(c.URL, "/")+path, body)
	if err == nil && c.Token != "" {
		request.Header.Set("Authorization", "Bearer "+c.Token)
	}
	return request, err
}

// answer reads an answer in JSON.
func (c *Client) answer(request *http.Request, into any, statuses ...int) error {
	response, err := c.do(request, statuses...)
	if err != nil {
		return err
	}
	err = json.NewDecoder(response.Body).Decode(into)
	return errors.Join(err, response.Body.Close())
}

// do sends a request; another status than those wanted is an error with the
// server's message.
func (c *Client) do(request *http.Request, statuses ...int) (*http.Response, error) {
	response, err := cmp.Or(c.HTTP, http.DefaultClient).Do(request)
	if err != nil {
		return nil, err
	}
	for _, s := range statuses {
		if response.StatusCode == s {
			return response, nil
		}
	}
	const longest = 1 << 12
	text, _ := io.ReadAll(io.LimitReader(response.Body, longest)) // a help for the message alone
	_ = response.Body.Close()
	var said struct {
		Errors []struct{ Message string }
	}
	message := strings.TrimSpace(string(text))
	if json.Unmarshal(text, &said) == nil && len(said.Errors) > 0 {
		message = said.Errors[0].Message
	}
	code := graph.CodeInvalid
	if response.StatusCode >= http.StatusInternalServerError {
		code = graph.CodeInternal
	}
	return nil, graph.Errorf(code, "%s answers %s: %s", c.URL, response.Status, cmp.Or(message, fmt.Sprint(response.StatusCode)))
}
