package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"postern/content"
	"postern/content/live"
	"postern/sshapp/tui"
)

// previewFlags are what preview can be told on its command line.
type previewFlags struct {
	at     string
	drafts bool
	now    string
	as     string
}

func newPreview() *cobra.Command {
	var f previewFlags
	cmd := &cobra.Command{
		Use:   "preview [DIR]",
		Short: "Read a blog in this terminal while you write it",
		Long: "Preview shows the screens that readers see, of the blog in DIR or in the current directory, with drafts and with\n" +
			"posts whose day has not come. What is saved shows at once; what is wrong with a post stands over it; e opens it in\n" +
			"the editor that VISUAL or EDITOR names.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "."
			if len(args) > 0 {
				dir = args[0]
			}
			return preview(cmd.Context(), dir, f, cmd.OutOrStdout())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.at, "at", "", "address of the post to open")
	flags.BoolVar(&f.drafts, "drafts", true, "show drafts, and posts whose day has not come; without, what readers see")
	flags.StringVar(&f.now, "now", "", "the date at which to look at the blog, such as 2026-12-24 or \"2026-12-24 18:00\"")
	flags.StringVar(&f.as, "as", "", "what to look through: a size such as 60x20, or none for a terminal without colours")
	return cmd
}

// preview shows the blog in dir on this terminal until its author leaves.
func preview(ctx context.Context, dir string, f previewFlags, stdout io.Writer) error {
	if !onTerminal(stdout) || !term.IsTerminal(os.Stdin.Fd()) {
		return errors.New("preview needs a terminal; without one, name what is wrong with postern check, or serve the blog with postern serve")
	}
	as, err := parseGlass(f.as)
	if err != nil {
		return err
	}
	d, err := live.Open(dir)
	if err != nil {
		return err
	}
	d.Quiet = 20 * time.Millisecond // a save must show within a tenth of a second
	s, err := newStudio(dir, d, f)
	if err != nil {
		return err
	}
	if _, ok := s.edition().Find(f.at); !ok && f.at != "" {
		return fmt.Errorf("there is no post %q in %s", f.at, dir)
	}
	profile := colorprofile.Detect(stdout, os.Environ())
	if as.plain {
		profile = min(profile, colorprofile.ASCII)
	}
	app := tui.New(s.blog(), tui.Reader{
		Colors: colors(profile),
		Lang:   cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG")), // POSIX.1-2024, section 8.2
		Host:   content.Host(d.Library().Settings().Host),
	}, f.at)
	p := tea.NewProgram(as.over(app), tea.WithContext(ctx), tea.WithOutput(stdout), tea.WithColorProfile(profile))
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go d.Follow(ctx, func(r live.Reload) { p.Send(changed(r)) })
	_, err = p.Run()
	if errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil { // by a signal
		return nil
	}
	return err
}

// changed is what the screens are told of a change.
func changed(r live.Reload) tea.Msg {
	if r.Err != nil {
		return tui.NoticeMsg(r.Err.Error())
	}
	return tui.ChangedMsg{Problems: r.Problems}
}

// colors is how many colours a terminal shows, as screens count them.
func colors(profile colorprofile.Profile) int {
	switch {
	case profile <= colorprofile.ASCII:
		return 0
	case profile < colorprofile.ANSI256:
		return 16
	}
	return 1 << 24
}
