// Tripartite is a knowledge graph of labour rights: who says what, where it
// stands, and who says otherwise.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/tripartite-graph/tripartite/command"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := command.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}
