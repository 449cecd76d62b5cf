// Command postern serves a directory of Markdown as a blog over SSH.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // an image that holds nothing but the binary has no time zones
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // from then on a second signal ends the process at once, unless something else listens for it
	stdin := os.Stdin
	os.Stdin = nil // or fang would ask the terminal for its background, and wait 4 s for the answer of one that has none; preview sets it
	os.Exit(run(ctx, os.Args[1:], stdin, os.Stdout, os.Stderr))
}
