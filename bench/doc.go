// Bench measures the program as its users meet it: a graph of a fixed shape is
// loaded into a store on disk by the load command, served by the serve command
// on a free port, and asked in GraphQL over HTTP; every answer is checked
// against the count that it must have. What the transport hides is measured in
// process. It prints a table and, with -json, the same as JSON, each row with
// the bound that it is held against.
//
//	go run ./bench                     makes its own graph
//	go run ./bench -csv DIR            takes the graph of entities.csv, relations.csv and queries.json
//	go run ./bench -n 20000            a tenth of the size
package main
