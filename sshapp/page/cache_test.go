package page

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"postern/content"
	"postern/sshapp/admission/work"
	"postern/sshapp/page/document"
	"postern/sshapp/page/theme"
)

func essay() *content.Post {
	var b strings.Builder
	for i := range 32 {
		fmt.Fprintf(&b, "## Part %d\n\n", i)
		b.WriteString(strings.Repeat("The keeper climbed the *stairs* of the lighthouse and [wound](https://example.com/clockwork) the clockwork by hand, ", 4))
		b.WriteString("\n\n- one thing\n- and `another` of them\n\n```go\nfor i := range turns {\n\tc.turn(i) // slowly\n}\n```\n\n")
	}
	return post(b.String())
}

// TestCost holds a post of 2,500 words to its bounds: 5 MB to typeset, a page of at most twice what it shows, and
// nothing at all from the cache.
func TestCost(t *testing.T) {
	p := essay()
	New(p, 76, theme.Terminal()) // lexers are compiled once
	r := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			New(p, 76, theme.Terminal())
		}
	})
	if n := r.AllocedBytesPerOp(); n > 5<<20 {
		t.Errorf("typesetting allocates %d bytes", n)
	}
	page := New(p, 76, theme.Terminal())
	out, shown := len(strings.Join(page.Lines, "\n")), len(strings.Join(page.Plain(), "\n"))
	if out > 2*shown {
		t.Errorf("%d bytes show %d", out, shown)
	}
	c := NewCache(1 << 20)
	c.Page(nil, p, 76, theme.Terminal())
	if n := testing.AllocsPerRun(100, func() { c.Page(nil, p, 76, theme.Terminal()) }); n > 0 {
		t.Errorf("a page from the cache takes %v allocations", n)
	}
}

// TestLanguageOfPage: a page is made anew when its post has another language, such as by the blog's settings.
func TestLanguageOfPage(t *testing.T) {
	c := NewCache(1 << 20)
	p := post("> [!WARNING]\n> a\n\n<details>b</details>")
	for language, want := range map[string]string{"": "┃ Warning\n┃ a\n\n▾ Details\n  b", "es": "┃ Advertencia\n┃ a\n\n▾ Detalles\n  b"} {
		p.Language = language
		if got := strings.Join(c.Page(nil, p, 40, theme.Terminal()).Plain(), "\n"); got != want {
			t.Errorf("in %q:\n%s", language, got)
		}
	}
}

func TestCacheIsBounded(t *testing.T) {
	const most = 200 << 10
	c := NewCache(most)
	p := essay()
	for columns := range 1000 {
		c.Page(nil, p, columns+1, theme.Terminal()) // a stream of odd widths
		if c.Bytes() > most {
			t.Fatalf("the cache holds %d bytes, more than %d", c.Bytes(), most)
		}
		if columns == 60 {
			break
		}
	}
	if c.Bytes() == 0 {
		t.Error("the cache holds nothing")
	}
	kept := c.Page(nil, p, 61, theme.Terminal())
	if kept != c.Page(nil, p, 61, theme.Terminal()) {
		t.Error("what was asked for last is made again")
	}
	if small := NewCache(100); small.Page(nil, p, 76, theme.Terminal()) == nil || small.Bytes() != 0 {
		t.Error("a page larger than the cache is kept")
	}
}

func TestCacheKeepsApart(t *testing.T) {
	c := NewCache(1 << 20)
	a, b := post("a"), post("b")
	b.Sum = [16]byte{1}
	if c.Page(nil, a, 40, theme.Terminal()) == c.Page(nil, b, 40, theme.Terminal()) || c.Page(nil, a, 40, theme.Terminal()) == c.Page(nil, a, 41, theme.Terminal()) || c.Page(nil, a, 40, theme.Terminal()) == c.Page(nil, a, 40, theme.None()) {
		t.Error("two pages are one")
	}
}

// TestCacheTypesetsOnce asks for a page from many sides at once: all get the same.
func TestCacheTypesetsOnce(t *testing.T) {
	c := NewCache(1 << 20)
	p := essay()
	pages := make([]*Page, 32)
	var all sync.WaitGroup
	for i := range pages {
		all.Go(func() { pages[i] = c.Page(nil, p, 76, theme.Terminal()) })
	}
	all.Wait()
	for _, page := range pages {
		if page != pages[0] {
			t.Fatal("the page was typeset more than once")
		}
	}
}

func BenchmarkPage(b *testing.B) {
	p := essay()
	b.ReportAllocs()
	for b.Loop() {
		New(p, MaxMeasure, theme.Terminal())
	}
	page := New(p, MaxMeasure, theme.Terminal())
	b.ReportMetric(float64(page.size())/float64(len(strings.Join(page.Plain(), "\n"))), "held/visible")
	b.ReportMetric(float64(len(strings.Fields(p.Body))), "words")
}

func BenchmarkCache(b *testing.B) {
	c, p := NewCache(1<<20), essay()
	c.Page(nil, p, MaxMeasure, theme.Terminal())
	b.ReportAllocs()
	for b.Loop() {
		c.Page(nil, p, MaxMeasure, theme.Terminal())
	}
}

// TestTypesettingEndsWithItsClient hangs up at each place where typesetting looks whether its client is there: nothing is
// made of it, and nothing is kept.
func TestTypesettingEndsWithItsClient(t *testing.T) {
	p := essay()
	checks := 0
	Layout(document.Read(p, func() { checks++ }), p, 76, theme.Terminal())
	if checks < 1000 {
		t.Errorf("%d looks while %d words are typeset", checks, len(strings.Fields(p.Body)))
	}
	for at := 1; at < checks; at += checks / 50 {
		gone := make(chan struct{})
		turn := work.NewQueue(1, 0).Turn(&work.Source{}, gone)
		n := 0
		done := turn.Do(work.Typeset, 0, func() {
			Layout(document.Read(p, func() {
				if n++; n == at {
					close(gone)
				}
				turn.Check()
			}), p, 76, theme.Terminal())
		})
		if done || n != at {
			t.Fatalf("at look %d of %d the client goes, at %d the work ends", at, checks, n)
		}
	}
}
