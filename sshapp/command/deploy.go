package command

import (
	"github.com/spf13/pflag"

	"postern/sshapp/deploy"
)

// Deploy is the command that `postern deploy` runs on the server.
const Deploy = "deploy"

// defineDeploy defines deploy, the server's side of `postern deploy`.
func defineDeploy(*pflag.FlagSet) runFunc {
	return func(c *Call, _ []string) error {
		if c.Author.Stdin == nil {
			return usagef("deploy is run by postern deploy; type postern deploy DIR HOST on your own machine")
		}
		p := c.Author.Publisher
		server := deploy.Server{Site: p.Store, Host: string(c.Host), MaxFiles: p.MaxFiles, Published: p.Published}
		return c.pause(func() error {
			return server.Serve(c.Context, c.Author.Stdin, c.Stdout, c.Author.Author)
		})
	}
}
