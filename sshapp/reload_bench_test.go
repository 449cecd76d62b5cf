package sshapp

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"postern/content"
	"postern/content/live"
)

// BenchmarkKeysDuringReload types keys in a list of 10,000 posts, by turns while nothing else happens and while one of the
// posts is saved again as soon as it is shown, and reports how long frames take, as a multiple.
func BenchmarkKeysDuringReload(b *testing.B) {
	const posts, keys = 10_000, 100
	dir := b.TempDir()
	write := func(n int, text string) {
		day := today.AddDate(0, 0, -n).Format(time.DateOnly)
		post := fmt.Sprintf("---\ntitle: Number %d\ntags: [t%d, u%d]\n---\n\n%s\n", n, n%10, n%200, text)
		if err := os.WriteFile(filepath.Join(dir, day+".md"), []byte(post), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	for n := range posts {
		write(n, strings.Repeat(fmt.Sprintf("Words of the post number %d, and some more. ", n), 60))
	}
	blog, err := live.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go blog.Follow(ctx, func(live.Reload) {})
	h := open(b, func(c *Config) {
		c.Blog.Edition = func() *content.Edition { return blog.Library().At(today.AddDate(0, 0, 1)) }
	})
	v, err := newVisitor(h.dial(""), 80, 24)
	if err != nil {
		b.Fatal(err)
	}

	typed := func(took []time.Duration) []time.Duration {
		for n := range keys {
			d, ok := v.press("jk"[n%2 : n%2+1])
			if !ok {
				b.Fatal("a key was not answered")
			}
			took = append(took, d)
			time.Sleep(10 * time.Millisecond) // no faster than keys are worked on
		}
		return took
	}
	var idle, busy []time.Duration
	reloads := 0
	for b.Loop() {
		idle = typed(idle)
		ended, saved := make(chan struct{}), make(chan int)
		go func() {
			for n := 0; ; n++ {
				changed := blog.Changed()
				write(posts/2, fmt.Sprint("Change ", reloads, n))
				select {
				case <-changed:
				case <-ended:
					saved <- n
					return
				}
			}
		}()
		busy = typed(busy)
		close(ended)
		reloads += <-saved
	}
	slices.Sort(idle)
	slices.Sort(busy)
	at := func(took []time.Duration, share int) float64 { return float64(took[len(took)*share/100]) }
	b.ReportMetric(float64(reloads), "reloads")
	b.ReportMetric(at(busy, 50)/at(idle, 50), "×idle")
	b.ReportMetric(at(busy, 99)/at(idle, 99), "×idle-p99")
	b.ReportMetric(at(busy, 50)/1e6, "ms/key")
	b.ReportMetric(at(busy, 99)/1e6, "ms/key-p99")
}
