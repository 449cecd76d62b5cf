package tui_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"postern/content"
	"postern/sshapp/internal/termtest"
	"postern/sshapp/tui"
)

// manyPosts is a blog of 10,000 posts, all with one tag, over many years; the newest is long.
var manyPosts = sync.OnceValue(func() *content.Library {
	files := fstest.MapFS{}
	for i := range 10_000 {
		day := today.AddDate(0, 0, -i).Format(time.DateOnly)
		body := "A post of few words, and of number " + fmt.Sprint(i) + ".\n"
		if i == 0 {
			body = longText()
		}
		files[fmt.Sprintf("%s-post-%d.md", day, i)] = &fstest.MapFile{Data: fmt.Appendf(nil,
			"---\ntitle: The post of number %d\ntags: [all, of, them]\ndescription: What it says, in so many words that they do not fit on one line of a list, nor on two of them, however wide that column may be set.\n---\n\n%s", i, body)}
	}
	lib, err := content.Load(files)
	if err != nil {
		panic(err)
	}
	return lib
})

// longText is a text with headings and emphases in which no two lines are alike.
func longText() string {
	var b strings.Builder
	for part := range 20 {
		fmt.Fprintf(&b, "## Part %d\n\n", part)
		for i := range 20 {
			fmt.Fprintf(&b, "The sentence of number %d goes on *for a while* and `ends` somewhere. ", part*20+i)
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

// openMany returns an App at 120×40 on many posts after some keys, and a func that presses a key and makes a frame: down for
// the first 100 calls, up for the next 100, and so on. i is the number of the call.
func openMany(keys string) (*tui.App, func(i int)) {
	app := tui.New(newBlog(manyPosts()), newReader(), "")
	app.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	press(app, keys)
	down, up := termtest.Msg("down"), termtest.Msg("up")
	return app, func(i int) {
		msg := down
		if i/100%2 == 1 {
			msg = up
		}
		app.Update(msg)
		app.View()
	}
}

// BenchmarkKeyToFrame is what a key costs, without the renderer.
func BenchmarkKeyToFrame(b *testing.B) {
	for name, keys := range map[string]string{"list": "", "list's middle": "5 0 0 0 j", "post": "enter", "search": "/ w o r d s", "found": "enter / e n d s enter"} {
		b.Run(name, func(b *testing.B) {
			_, step := openMany(keys)
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				step(i)
				i++
			}
		})
	}
}

// TestAllocations bounds the allocations for a key and its frame on a blog of 10,000 posts.
func TestAllocations(t *testing.T) {
	for name, keys := range map[string]string{"list": "", "post": "enter"} {
		_, step := openMany(keys)
		i := 0
		if n := testing.AllocsPerRun(150, func() { step(i); i++ }); n > 100 {
			t.Errorf("a key in the %s makes %v allocations", name, n)
		}
	}
}

// TestBytes bounds the bytes that Bubble Tea's renderer sends for a key.
func TestBytes(t *testing.T) {
	for _, tt := range []struct {
		name, keys, key string
		width, height   int
		most            func(frame int) int
	}{
		{"a line", "enter G g", "j", 100, 40, func(int) int { return 150 }},
		// A terminal can't scroll the text and leave what is beside it: this is about a line for each heading.
		{"a line beside the contents", "enter G g", "j", 120, 40, func(int) int { return 1300 }},
		{"a screen", "enter", "space", 100, 40, func(frame int) int { return frame * 13 / 10 }},
		{"a step", "j", "j", 100, 40, func(int) int { return 400 }},
		{"a step at 120 columns", "j", "j", 120, 40, func(int) int { return 400 }},
	} {
		synctest.Test(t, func(t *testing.T) {
			time.Sleep(time.Until(today))
			s := runBlog(t, newBlog(manyPosts()))
			defer s.close()
			s.send(tea.WindowSizeMsg{Width: tt.width, Height: tt.height})
			for name := range strings.FieldsSeq(tt.keys) {
				s.send(termtest.Msg(name))
			}
			const keys = 20
			frames, sent := 0, s.terminal.Bytes()
			for range keys {
				s.send(termtest.Msg(tt.key))
				frames += len(s.app.View().Content)
			}
			n := (s.terminal.Bytes() - sent) / keys
			t.Logf("%s: %d bytes", tt.name, n)
			if most := tt.most(frames / keys); n > most {
				t.Errorf("%s takes %d bytes, more than %d", tt.name, n, most)
			}
		})
	}
}
