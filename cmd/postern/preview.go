package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"postern/content"
	"postern/content/live"
	"postern/sshapp/linear"
	"postern/sshapp/page"
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
	flags.StringVar(&f.at, "at", "", "address of the post to open; #heading behind it opens it there")
	flags.BoolVar(&f.drafts, "drafts", true, "show drafts, and posts whose day has not come; without, what readers see")
	flags.StringVar(&f.now, "now", "", "the date at which to look at the blog, such as 2026-12-24 or \"2026-12-24 18:00\"")
	flags.StringVar(&f.as, "as", "", "what to look through: a size such as 60x20; none for a terminal without colours; dumb for one that is listened to, line by line")
	return cmd
}

// preview shows the blog in dir on this terminal until its author leaves.
func preview(ctx context.Context, dir string, f previewFlags, stdout io.Writer) error {
	as, err := parseGlass(f.as)
	if err != nil {
		return err
	}
	if !as.dumb && (!onTerminal(stdout) || !term.IsTerminal(os.Stdin.Fd())) {
		return errors.New("preview needs a terminal; without one, name what is wrong with postern check, or serve the blog with postern serve")
	}
	site, err := openSite([]string{dir})
	if err != nil {
		return err
	}
	site.Quiet = 20 * time.Millisecond // a save must show within a tenth of a second
	s, err := newStudio(site, f)
	if err != nil {
		return err
	}
	slug, _, _ := strings.Cut(f.at, "#")
	if _, ok := s.edition().Find(slug); !ok && f.at != "" {
		return fmt.Errorf("there is no post %q in %s", slug, dir)
	}
	profile := colorprofile.Detect(stdout, os.Environ())
	if as.plain {
		profile = min(profile, colorprofile.ASCII)
	}
	me := tui.Reader{
		Colors: page.Colors(profile),
		Lang:   tui.Locale(os.Getenv),
		Host:   content.Host(s.library.Settings().Host),
	}
	following, stop := context.WithCancel(ctx)
	defer stop()
	if as.dumb {
		go s.follow(following, func(live.Reload) {})
		return converse(ctx, linear.New(s.blog(), me, f.at), os.Stdin, stdout)
	}
	undressed := s.dress()
	app := tui.New(s.blog(), me, f.at)
	if undressed != nil {
		app.Update(tui.NoticeMsg(themeProblem(s.Library(), undressed).String()))
	}
	p := tea.NewProgram(as.over(app), tea.WithContext(ctx), tea.WithOutput(stdout), tea.WithColorProfile(profile))
	go s.follow(following, func(r live.Reload) { p.Send(changed(r)) })
	if _, err = p.Run(); ctx.Err() != nil { // a signal has ended it
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
