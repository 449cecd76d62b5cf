package sshapp

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	gossh "golang.org/x/crypto/ssh"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/internal/termtest"
	"postern/sshapp/page"
	"postern/sshapp/terminal"
	"postern/sshapp/tui"
)

// programs counts the programs that run in this process, by their event loops.
func programs() int {
	stacks := make([]byte, 8<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	return strings.Count(string(stacks), "bubbletea/v2.(*Program).eventLoop(")
}

func TestNothingRunsForAReader(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		r := h.read("", 80, 24)
		before, goroutines := programs(), bubbled()
		r.press("j enter space")
		if n := programs() - before; n != 0 {
			t.Errorf("%d programs after a key", n)
		}
		if n := bubbled() - goroutines; n > 0 {
			t.Errorf("%d goroutines after a key", n)
		}
	})
}

// TestManyWhoTypeAndLeave: what types and hangs up leaves no goroutine and no memory.
func TestManyWhoTypeAndLeave(t *testing.T) {
	many := 200
	if os.Getenv("POSTERN_MANY") != "" {
		many = 10000
	}
	bubble(t, func(t *testing.T) {
		h := open(t, func(c *Config) { c.Limits.ConnRate = 0 })
		leave := func(n int) {
			for range n {
				h.typeAndLeave(strings.Repeat("jk", 50))
			}
		}
		leave(20)
		before, goroutines := heap(), bubbled()
		leave(many)
		time.Sleep(time.Minute)
		synctest.Wait()
		if n := bubbled() - goroutines; n > 0 {
			t.Errorf("%d goroutines are left", n)
		}
		if grown := heap() - before; grown > 4<<20 {
			t.Errorf("the heap has grown by %d bytes", grown)
		}
	})
}

// typeAndLeave connects a reader who types in one write, and hangs up.
func (h *house) typeAndLeave(keys string) { h.typeInto("", 80, 24, keys).Close() }

// typeInto connects a reader who types in one write, and sees nothing.
func (h *house) typeInto(user string, width, height int, keys string) *gossh.Client {
	client := h.connect(user)
	session, err := client.NewSession()
	if err != nil {
		h.t.Fatal(err)
	}
	session.Stdout = io.Discard
	keyboard, err := session.StdinPipe()
	if err != nil {
		h.t.Fatal(err)
	}
	if err := session.RequestPty("xterm", height, width, gossh.TerminalModes{}); err != nil {
		h.t.Fatal(err)
	}
	if err := session.Shell(); err != nil {
		h.t.Fatal(err)
	}
	if _, err := io.WriteString(keyboard, keys); err != nil {
		h.t.Fatal(err)
	}
	return client
}

// TestIdleReadersKeepNoPage: the lines that show are kept, and nothing else of the page that they are from, on a terminal that has
// no margin, too.
func TestIdleReadersKeepNoPage(t *testing.T) {
	const many, size = 4, 300 << 10
	files := fstest.MapFS{}
	for i := range many + 1 {
		body := strings.Repeat(fmt.Sprintf("What stands in line %d is long, and read by nobody but one.\n\n", i), size/60)
		files[fmt.Sprintf("long-%d.md", i)] = &fstest.MapFile{Data: []byte("---\ndate: 2026-01-01\n---\n\n" + body)}
	}
	lib, err := content.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	bubble(t, func(t *testing.T) {
		h := open(t, func(c *Config) {
			blog := *c.Blog
			blog.Edition = func() *content.Edition { return lib.At(time.Now()) }
			blog.Pages = page.NewCache(1) // no page is kept for all
			c.Blog = &blog
			c.Limits.ConnsPerAddr, c.Limits.ConnRate = 0, 0
		})
		idle := func(i int) {
			c := h.typeInto(fmt.Sprintf("long-%d", i), 20, 10, " j")
			t.Cleanup(func() { c.Close() })
			time.Sleep(2 * releaseAfter)
		}
		idle(many)
		before := heap()
		for i := range many {
			idle(i)
		}
		if grown := (heap() - before) / many; grown > size {
			t.Errorf("each takes %d bytes", grown)
		}
	})
}

func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// FuzzSleep holds the law of sleep: with pauses or without, the reader sees what a program that never slept would show.
func FuzzSleep(f *testing.F) {
	for seed := range uint64(8) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		bubble(t, func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 0))
			h := open(t, nil)
			r := h.read("", 80, 24)
			app := tui.New(h.blog, blog.Reader{Colors: 16}, "")
			size := tea.WindowSizeMsg{Width: 80, Height: 24}
			app.Update(size)
			keys := strings.Fields("j k j enter space b G g esc up down pgdown ? d u")
			for range 30 {
				switch random.IntN(4) {
				case 0:
					size = tea.WindowSizeMsg{Width: 1 + random.IntN(150), Height: 1 + random.IntN(60)}
					time.Sleep(50 * time.Millisecond) // between keys and sizes there is no order
					r.resize(size.Width, size.Height)
					app.Update(size)
				case 1:
					time.Sleep(time.Duration(random.IntN(5000)) * time.Millisecond)
				default:
					key := keys[random.IntN(len(keys))]
					r.write(termtest.Bytes(key))
					app.Update(termtest.Msg(key))
					if key == "esc" {
						time.Sleep(2 * terminal.EscapeTimeout) // or it is taken for Alt
					}
				}
			}
			settle()
			want := termtest.New(size.Width, size.Height)
			defer want.Close()
			termtest.CRLF{Writer: want}.Write([]byte(app.View().Content))
			if got, want := r.terminal.Cells(), want.Cells(); got != want {
				t.Errorf("the reader sees\n%s\nand should see\n%s", r.terminal.Text(), want)
			}
		})
	})
}
