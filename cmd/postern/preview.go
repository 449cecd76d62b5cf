package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/cobra"

	"postern/content/live"
	"postern/content/settings"
	"postern/sshapp/blog"
	"postern/sshapp/linear"
	"postern/sshapp/page/theme"
	"postern/sshapp/screens"
	"postern/sshapp/site"
	"postern/sshapp/terminal"
	"postern/sshapp/tui"
)

// previewFlags are the flags of preview.
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
		Short: "Read a blog here while you write it",
		Long: "Preview shows the screens that readers see, of the blog in DIR or in the current directory, with drafts and with " +
			"posts whose day has not come. What is saved shows at once. What is wrong with a post is shown over it. The key e " +
			"opens the post in the editor that VISUAL or EDITOR names.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "."
			if len(args) > 0 {
				dir = args[0]
			}
			return preview(cmd.Context(), dir, f, cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.at, "at", "", "address of the post to open; #heading behind it opens it there")
	flags.BoolVar(&f.drafts, "drafts", true, "show drafts, and posts whose day has not come; without, what readers see")
	flags.StringVar(&f.now, "now", "", "the moment at which to show the blog, such as 2026-12-24 or \"2026-12-24 18:00\"")
	flags.StringVar(&f.as, "as", "", "the terminal to simulate: a size such as 60x20; none for one without colours; dumb for one that is read line by line")
	return cmd
}

// preview shows the blog in dir on this terminal until its author leaves.
func preview(ctx context.Context, dir string, f previewFlags, stdin io.Reader, stdout io.Writer) error {
	as, err := parseSimulation(f.as)
	if err != nil {
		return err
	}
	if !as.dumb && (!onTerminal(stdout) || !onTerminal(stdin)) {
		return errors.New("preview needs a terminal; without one, name what is wrong with postern check, or serve the blog with postern serve")
	}
	author, err := openAuthor(dir, f)
	if err != nil {
		return err
	}
	slug, _, _ := strings.Cut(f.at, "#")
	if _, ok := author.Edition().Find(slug); !ok && f.at != "" {
		return fmt.Errorf("there is no post %q in %s", slug, dir)
	}
	profile := colorprofile.Detect(stdout, os.Environ())
	if as.plain {
		profile = min(profile, colorprofile.ASCII)
	}
	reader := blog.Reader{
		Colors: theme.Colors(profile),
		Lang:   blog.Locale(os.Getenv),
		Host:   settings.Host(author.Library().Settings().Host),
	}
	following, stop := context.WithCancel(ctx)
	defer stop()
	const cache = 32 << 20
	b := author.Blog(cache)
	b.Authoring = &blog.Authoring{Problems: author.Problems}
	if as.dumb {
		go author.Follow(following, func(live.Reload) {})
		return linear.New(b, reader, f.at).Run(ctx, stdin, stdout)
	}
	in := stdin.(*os.File)
	os.Stdin = in // on Windows a read is ended only if it is of this
	here, name := newConsole(in, stdout.(*os.File)), os.Getenv("TERM")
	reader.Order.Reorders, reader.Order.Known = terminal.ReordersText(name)
	reader.Pictures.Make = func() *blog.Pictures { return screens.NewPictures(nil, here.hasMore, profile, name, 0) }
	var shown *screens.Screens
	b.Authoring.Edit = func(file string, line int) error {
		editor, err := editorCommand(filepath.Join(dir, filepath.FromSlash(file)), line)
		if err != nil {
			return err
		}
		return here.lend(shown, editor)
	}
	themeProblems := author.UpdateTheme()
	app := tui.New(b, reader, f.at)
	for _, p := range themeProblems {
		app.Update(tui.NoticeMsg(p.String()))
	}
	shown = screens.New(app, reader, terminal.New(stdout, profile, name), name, here.hasMore)
	if as.width > 0 {
		shown.Within(as.width, as.height)
	}
	go author.Follow(following, func(r live.Reload) { here.change(following, reloadMsg(r)) })
	return here.show(ctx, shown)
}

// openAuthor opens the blog in dir for its author.
func openAuthor(dir string, f previewFlags) (*site.Author, error) {
	s, err := site.Open(dir)
	if err != nil {
		return nil, directoryError(dir, err)
	}
	s.Debounce = 20 * time.Millisecond // a save must show within a tenth of a second
	author := &site.Author{Site: s, Drafts: f.drafts}
	if f.now != "" {
		author.Moment, err = s.Library().Settings().ParseTime(f.now)
	}
	return author, err
}

// reloadMsg returns what the screens are told of a reload.
func reloadMsg(r live.Reload) tea.Msg {
	if r.Err != nil {
		return tui.NoticeMsg(r.Err.Error())
	}
	return tui.ChangedMsg{Problems: r.Problems}
}
