package documents

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/tripartite-graph/tripartite/graph"
)

// ReadSources reads the documents that a YAML-LD file describes: what is
// needed to find their files. Other nodes are passed over. name is for errors.
func ReadSources(names graph.Names, name string, content []byte) ([]graph.Source, error) {
	var file struct {
		Graph []struct {
			ID       string `yaml:"@id"`
			FileName string `yaml:"file-name"`
			SHA256   string `yaml:"sha256"`
		} `yaml:"@graph"`
	}
	if err := yaml.Unmarshal(content, &file); err != nil {
		return nil, graph.Errorf(graph.CodeInvalid, "%s: %s", name, yaml.FormatError(err, false, false))
	}
	var sources []graph.Source
	for _, node := range file.Graph {
		if node.FileName != "" || node.SHA256 != "" {
			sources = append(sources, graph.Source{Document: names.IRI(node.ID), FileName: node.FileName, SHA256: node.SHA256})
		}
	}
	return sources, nil
}

// known lists the ids of sources for a message.
func known(names graph.Names, sources []graph.Source) string {
	if len(sources) == 0 {
		return "no document is known"
	}
	ids := make([]string, len(sources))
	for i, s := range sources {
		ids[i] = strings.TrimPrefix(names.ID(s.Document), documentPrefix)
	}
	return fmt.Sprintf("known are %s", strings.Join(ids, ", "))
}
