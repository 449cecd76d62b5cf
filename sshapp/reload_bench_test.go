package sshapp

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"postern/content"
)

// BenchmarkKeysDuringReload types keys in a list of 10,000 posts, first while nothing else happens, then while the blog
// is read again without a pause because one of its posts has changed, and reports how long frames take, as a multiple.
func BenchmarkKeysDuringReload(b *testing.B) {
	const posts, keys = 10_000, 400
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
	root, err := os.OpenRoot(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer root.Close()
	var library atomic.Pointer[content.Library]
	l, err := content.Load(root.FS())
	if err != nil {
		b.Fatal(err)
	}
	library.Store(l)
	h := open(b, func(c *Config) {
		c.Blog.Edition = func() *content.Edition { return library.Load().At(today.AddDate(0, 0, 1)) }
	})
	session, err := h.dial("").NewSession()
	if err != nil {
		b.Fatal(err)
	}
	v := &visitor{seen: arrivals{last: make(chan time.Time, 1)}}
	session.Stdout = &v.seen
	if v.keyboard, err = session.StdinPipe(); err != nil {
		b.Fatal(err)
	}
	if err := session.RequestPty("xterm-256color", 24, 80, gossh.TerminalModes{}); err != nil {
		b.Fatal(err)
	}
	if err := session.Shell(); err != nil {
		b.Fatal(err)
	}
	<-v.seen.last

	typed := func() (median, slow time.Duration) {
		var took []time.Duration
		for n := range keys {
			d, ok := v.press("jk"[n%2 : n%2+1])
			if !ok {
				b.Fatal("a key was not answered")
			}
			took = append(took, d)
			time.Sleep(10 * time.Millisecond) // no faster than keys are worked on
		}
		slices.Sort(took)
		return took[keys/2], took[keys*99/100]
	}
	for b.Loop() {
		idle, idleSlow := typed()
		stop, stopped := make(chan struct{}), make(chan int)
		go func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					stopped <- n
					return
				default:
				}
				write(posts/2, fmt.Sprint("Change ", n))
				name := today.AddDate(0, 0, -posts/2).Format(time.DateOnly) + ".md"
				next, err := content.Refresh(library.Load(), root.FS(), []string{name})
				if err != nil {
					b.Error(err)
				}
				library.Store(next)
			}
		}()
		busy, busySlow := typed()
		close(stop)
		b.ReportMetric(float64(<-stopped), "reloads")
		b.ReportMetric(float64(busy)/float64(idle), "×idle")
		b.ReportMetric(float64(busySlow)/float64(idleSlow), "×idle-p99")
		b.ReportMetric(busy.Seconds()*1000, "ms/key")
		b.ReportMetric(busySlow.Seconds()*1000, "ms/key-p99")
	}
}
