package tui_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
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
		if n := testing.AllocsPerRun(150, func() { step(i); i++ }); n > 36 {
			t.Errorf("a key in the %s makes %v allocations", name, n)
		}
	}
}
