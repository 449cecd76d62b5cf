package tui_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/rogpeppe/go-internal/txtar"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/internal/termtest"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
	"postern/sshapp/tui"
)

var update = flag.Bool("update", os.Getenv("UPDATE") != "", "write what is seen into the scenes")

// today is the time in all tests of screens.
var today = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// TestScenes checks the scenes in testdata/scenes. The files of a scene that end in .md or .toml are its blog. Each of the
// others has the keys to type in its header, and the screen that must follow in its body: its text or, after "styled", its
// text and styles.
func TestScenes(t *testing.T) {
	files, err := filepath.Glob("testdata/scenes/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no scenes", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) { checkScene(t, file) })
	}
}

func checkScene(t *testing.T, file string) {
	scene, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	posts := fstest.MapFS{}
	var screens []*txtar.File
	for i, f := range scene.Files {
		if strings.HasSuffix(f.Name, ".md") || strings.HasSuffix(f.Name, ".toml") {
			posts[f.Name] = &fstest.MapFile{Data: f.Data}
		} else {
			screens = append(screens, &scene.Files[i])
		}
	}
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(today))
		s := runFiles(t, posts)
		defer s.close()
		for _, screen := range screens {
			keys, styled := strings.CutPrefix(screen.Name, "styled ")
			for name := range strings.FieldsSeq(keys) {
				s.send(termtest.Msg(name))
			}
			got := s.terminal.Text() + "\n"
			if styled {
				got = s.terminal.Styled() + "\n"
			}
			if *update {
				screen.Data = []byte(got)
			} else if got != string(screen.Data) {
				t.Errorf("after %s the screen is\n%s\nand not\n%s", screen.Name, got, screen.Data)
			}
		}
	})
	if *update {
		if err := os.WriteFile(file, txtar.Format(scene), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// A testProgram is an App in a Bubble Tea program on an in-memory terminal, in a synctest bubble.
type testProgram struct {
	t        *testing.T
	app      *tui.App
	terminal *termtest.Terminal
	program  *tea.Program
	done     chan struct{}
}

func runFiles(t *testing.T, files fstest.MapFS) *testProgram {
	lib, err := content.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return runBlog(t, newBlog(lib))
}

func runBlog(t *testing.T, b *blog.Blog) *testProgram {
	s := &testProgram{t: t, app: tui.New(b, newReader(), ""), terminal: termtest.New(80, 24), done: make(chan struct{})}
	s.program = tea.NewProgram(s.app,
		tea.WithInput(nil), tea.WithOutput(termtest.CRLF{Writer: s.terminal}), tea.WithEnvironment([]string{"TERM=xterm-256color"}),
		tea.WithColorProfile(colorprofile.ANSI256), tea.WithWindowSize(80, 24), tea.WithoutSignalHandler())
	go func() {
		defer close(s.done)
		s.program.Run()
	}()
	s.settle()
	return s
}

func newBlog(lib *content.Library) *blog.Blog {
	return &blog.Blog{
		Edition: blog.Editions(func() *content.Library { return lib }), Theme: theme.Terminal, Pages: page.NewCache(1 << 20), Rows: new(blog.Rows),
	}
}

// settle waits until the program has nothing left to do: fake time advances only when all goroutines wait.
func (s *testProgram) settle() { time.Sleep(time.Second) }

func (s *testProgram) send(msg tea.Msg) {
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		s.terminal.Resize(size.Width, size.Height)
	}
	s.program.Send(msg)
	s.settle()
}

func (s *testProgram) close() {
	s.program.Quit()
	<-s.done
	s.terminal.Close()
}

// someBlog returns a blog of n posts, the third of them long.
func someBlog(n int) fstest.MapFS {
	files := fstest.MapFS{}
	for i := range n {
		day := today.AddDate(0, 0, -i).Format(time.DateOnly)
		body := "A post.\n"
		if i == 2 {
			body = strings.Repeat("Words that are long enough to fill a line or two when they are set in a column.\n\n", 40)
		}
		files[fmt.Sprintf("%s-post-%d.md", day, i)] = &fstest.MapFile{Data: fmt.Appendf(nil,
			"---\ntitle: The post of number %d\ndescription: What it says, in so many words that they do not fit on one line of a list, nor on a second one, however wide.\n---\n\n%s", i, body)}
	}
	return files
}

// newReader returns a reader whose terminal shows all colours.
func newReader() blog.Reader {
	return blog.Reader{Colors: 1 << 24, Host: "blog.example.com"}
}
