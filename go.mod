module github.com/tripartite-graph/tripartite

go 1.26
