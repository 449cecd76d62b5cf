package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"strings"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"

	"postern/content"
	"postern/content/live"
	"postern/content/problem"
	"postern/content/settings"
	"postern/sshapp/check"
	"postern/sshapp/command"
	"postern/sshapp/deploy"
	"postern/sshapp/publishing"
)

// deployFlags are the flags of deploy.
type deployFlags struct {
	dryRun, yes, watch bool
	base               uint // 0 for the generation that is remembered
}

func newDeploy() *cobra.Command {
	var f deployFlags
	cmd := &cobra.Command{
		Use:   "deploy [DIR] HOST[:PORT]",
		Short: "Publish a directory on a server, whole",
		Long: "Deploy makes the site that HOST serves equal to DIR, by default the current directory. It checks " +
			"what the server lacks, sends it over ssh, and prints what was added, changed and removed. All is published, or " +
			"nothing.\n" +
			"What others have published since the last deploy from here is not overwritten.",
		Example: "  postern deploy blog.example.com\n  postern deploy --watch . author@blog.example.com:2222",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "."
			if len(args) == 2 {
				dir = args[0]
			}
			to, err := parseTarget(args[len(args)-1])
			if err != nil {
				return usageError{err}
			}
			d := &deployment{deployFlags: f, cmd: cmd, dir: dir, to: to}
			if f.watch {
				return d.watchDir(cmd.Context())
			}
			return d.run(cmd.Context())
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.dryRun, "dry-run", false, "say what would change, and publish nothing")
	flags.BoolVar(&f.yes, "yes", false, "don't ask before more than a third of what is published is removed")
	flags.UintVar(&f.base, "base", 0, "the generation up to which DIR has taken in what others have published; else that of the last deploy from here")
	flags.BoolVar(&f.watch, "watch", false, "deploy again whenever something is saved, until it is interrupted")
	return cmd
}

// A target is where to deploy to.
type target struct {
	user string
	host settings.Host
}

func parseTarget(s string) (target, error) {
	user, host, ok := strings.Cut(s, "@")
	if !ok {
		user, host = content.AuthorName, s
	}
	h, err := settings.ParseHost(host)
	if err == nil && (h == "" || user == "" || strings.HasPrefix(user, "-") || strings.HasPrefix(host, "-")) {
		err = fmt.Errorf("%q is not a server; write author@blog.example.com or author@blog.example.com:2222", s)
	}
	return target{user, h}, err
}

// command returns the system's ssh, which knows the author's configuration, agent and known hosts.
func (t target) command(ctx context.Context) *exec.Cmd {
	name, port := t.host.Split()
	args := []string{"-T"}
	if port != "" {
		args = append(args, "-p", port)
	}
	return exec.CommandContext(ctx, "ssh", append(args, t.user+"@"+name, command.Deploy)...)
}

// A deployment is one call of deploy.
type deployment struct {
	deployFlags
	cmd *cobra.Command
	dir string
	to  target
}

// watchDir deploys at once, and then whenever something is saved.
func (d *deployment) watchDir(ctx context.Context) error {
	followed, err := live.Open(d.dir)
	if err != nil {
		return directoryError(d.dir, err)
	}
	report := func(err error) {
		if err != nil && ctx.Err() == nil {
			printError(d.cmd.ErrOrStderr(), fang.Styles{}, err)
		}
	}
	report(d.run(ctx))
	followed.Follow(ctx, func(r live.Reload) {
		if r.Err == nil {
			r.Err = d.run(ctx)
		}
		report(r.Err)
	})
	return nil
}

// run deploys once.
func (d *deployment) run(ctx context.Context) error {
	library, err := readBlog(d.dir)
	if err != nil {
		return err
	}
	if library.Len() == 0 {
		return fmt.Errorf("there are no posts in %s, so it is not deployed", d.dir)
	}
	root, err := os.OpenRoot(d.dir)
	if err != nil {
		return directoryError(d.dir, err)
	}
	defer root.Close()
	r, err := d.talk(ctx, root.FS(), library)
	if err != nil {
		return err
	}
	if len(r.Problems) > 0 && r.Publication.Generation == 0 {
		return d.refused(r.Problems)
	}
	r.Publication.Problems = r.Problems
	done := publishing.Result{Publication: r.Publication, Addresses: r.Addresses, Notes: r.Notes, DryRun: d.dryRun}
	return done.Print(d.cmd.OutOrStdout(), d.cmd.ErrOrStderr(), d.readersHost(r, library))
}

// readersHost returns what readers type to come to what was deployed: what the server or the blog says, or what its author typed.
func (d *deployment) readersHost(r deploy.Result, library *content.Library) settings.Host {
	for _, known := range []string{r.Host, library.Settings().Host} {
		if host, err := settings.ParseHost(known); err == nil && host != "" {
			return host
		}
	}
	return d.to.host
}

// refused prints why nothing was published.
func (d *deployment) refused(problems []problem.Problem) error {
	for _, p := range problems {
		fmt.Fprintln(d.cmd.ErrOrStderr(), p)
	}
	fmt.Fprintln(d.cmd.ErrOrStderr(), "postern: nothing was published")
	return errReported
}

// check checks files here, where their author can mend them.
func (d *deployment) check(ctx context.Context, library *content.Library, files []string) error {
	bar := newProgress(d.cmd.ErrOrStderr(), "checking")
	defer bar.stop()
	report, err := check.Files(ctx, library, files, bar.set)
	bar.stop()
	if err != nil { // interrupted
		return errReported
	}
	if report.Count(problem.Error) > 0 {
		return d.refused(report.Problems)
	}
	return nil
}

// talk has the server take the directory. What it or ssh say on stderr goes through.
func (d *deployment) talk(ctx context.Context, dir fs.FS, library *content.Library) (deploy.Result, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ssh := d.to.command(ctx)
	ssh.Stderr = os.Stderr
	in, err := ssh.StdinPipe()
	if err != nil {
		return deploy.Result{}, err
	}
	out, err := ssh.StdoutPipe()
	if err == nil {
		err = ssh.Start()
	}
	if errors.Is(err, exec.ErrNotFound) {
		err = errors.New("deploy runs ssh, and there is none here; install OpenSSH's client")
	}
	if err != nil {
		return deploy.Result{}, err
	}
	bar := newProgress(d.cmd.ErrOrStderr(), "sending KB")
	defer bar.stop()
	known := deploy.UserBases()
	base := cmp.Or(int(d.base), known.Get(d.dir, string(d.to.host)))
	var now int // the generation that readers see
	client := deploy.Client{
		Dir: dir, Files: library.Files(), Base: base, DryRun: d.dryRun,
		Confirm: func(p deploy.Preview) error {
			err := d.confirm(ctx, library, p)
			if err == nil {
				now = p.Generation
			}
			return err
		},
		Sent: func(sent, all int64) { bar.set(int(sent>>10), int(all>>10)) },
	}
	r, err := client.Deploy(ctx, out, in)
	in.Close()
	if err != nil {
		var ended *exec.ExitError
		if errors.Is(err, deploy.ErrNoAnswer) && errors.As(ssh.Wait(), &ended) {
			return r, errReported // by ssh, or by the server
		}
		stop()
		_ = ssh.Wait()
		if conflict := (*deploy.ConflictError)(nil); errors.As(err, &conflict) {
			err = fmt.Errorf("%w\npostern: merge what `%s history` lists after generation %d, up to %d, and deploy with --base %d",
				err, d.to.host.Command(d.to.user), conflict.Since, conflict.Now, conflict.Now)
		}
		return r, err
	}
	_ = ssh.Wait()
	if len(r.Problems) == 0 || r.Publication.Generation > 0 {
		if now = max(now, r.Publication.Generation); !d.dryRun {
			d.base = 0 // the one that is remembered from now on is newer
			_ = known.Set(d.dir, string(d.to.host), now)
		}
	}
	return r, nil
}

// confirm says why what is about to change may not be published; nil if it may.
func (d *deployment) confirm(ctx context.Context, library *content.Library, p deploy.Preview) error {
	if int(d.base) > p.Generation {
		return fmt.Errorf("there is no generation %d yet, as --base says; readers see %d", d.base, p.Generation)
	}
	if err := d.check(ctx, library, p.Missing); err != nil {
		return err
	}
	return d.confirmRemoval(p)
}

// confirmRemoval asks before much is removed.
func (d *deployment) confirmRemoval(p deploy.Preview) error {
	published := p.Changed + p.Kept + len(p.Removed)
	if d.yes || d.dryRun || 3*len(p.Removed) <= published {
		return nil
	}
	what := fmt.Sprintf("this removes %d of the %d files that are published, %s among them", len(p.Removed), published, p.Removed[0])
	if !onTerminal(d.cmd.InOrStdin()) {
		return fmt.Errorf("%s; if that is meant, type --yes", what)
	}
	fmt.Fprintf(d.cmd.ErrOrStderr(), "postern: %s. Go on? [y/N] ", what)
	answer, _ := bufio.NewReader(d.cmd.InOrStdin()).ReadString('\n')
	if answer = strings.ToLower(strings.TrimSpace(answer)); answer != "y" && answer != "yes" {
		return errors.New("nothing was published")
	}
	return nil
}
