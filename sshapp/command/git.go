package command

import (
	"fmt"

	"github.com/spf13/pflag"

	"postern/content"
	"postern/content/problem"
	"postern/sshapp/git"
)

// defineReceivePack defines git-receive-pack, which git push runs.
func defineReceivePack(*pflag.FlagSet) runFunc { return gitService((*git.Session).Receive) }

// defineUploadPack defines git-upload-pack, which git clone and git pull run.
func defineUploadPack(*pflag.FlagSet) runFunc { return gitService((*git.Session).Upload) }

func gitService(serve func(*git.Session) error) runFunc {
	return func(c *Call, operands []string) error {
		if !git.IsName(operands[0]) {
			return fmt.Errorf("there is no repository %s here; the published site is %s@HOST:%s", problem.Quote(operands[0]), content.AuthorName, git.Name)
		}
		if c.Author.Stdin == nil {
			return usagef("git runs this by itself; type git clone, git pull or git push on your own machine")
		}
		return serve(&git.Session{
			Context: c.Context, Publisher: c.Author.Publisher, Author: c.Author.Author, Host: c.Host,
			Turn: c.Turn, In: c.Author.Stdin, Out: c.Stdout,
		})
	}
}
