package command

import (
	"io"

	"github.com/spf13/pflag"

	"postern/sshapp/deploy"
)

// Deploy is the command that `postern deploy` runs on the server.
const Deploy = "deploy"

// defineDeploy defines deploy, which talks with `postern deploy` until a directory is the site.
func defineDeploy(*pflag.FlagSet) runFunc {
	return func(c *Call, _ []string) error {
		if c.Author.Stdin == nil {
			return usageError("deploy is what postern deploy runs; type postern deploy DIR HOST on your own machine")
		}
		p := c.Author.Publisher
		server := deploy.Server{Site: p.Store, MaxFiles: p.MaxFiles, Published: p.Published}
		return c.apart(func() error {
			return server.Serve(c.Context, conversation{c.Author.Stdin, c.Stdout}, c.Author.Author)
		})
	}
}

// A conversation is a stream to talk over.
type conversation struct {
	io.Reader
	io.Writer
}
