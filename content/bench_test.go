package content

import (
	"crypto/sha256"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"postern/content/discover"
)

const (
	manyPosts = 10_000
	postSize  = 6_000
)

// BenchmarkLoad reads 10,000 posts, 60 MB, from files, and reports the time as a multiple of only reading and hashing
// the same files on one core.
func BenchmarkLoad(b *testing.B) {
	dir := b.TempDir()
	writeAll(b, dir, synthetic(manyPosts, postSize))
	fsys := rooted(b, dir)
	start := time.Now()
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		sha256.Sum256(data)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	reading := time.Since(start)
	for b.Loop() {
		if _, err := Load(fsys); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(reading), "×reading")
}

// BenchmarkReload reads 10,000 posts again after one has changed, and reports the time as a multiple of only looking at
// the times of the same files.
func BenchmarkReload(b *testing.B) {
	dir := b.TempDir()
	files := synthetic(manyPosts, postSize)
	writeAll(b, dir, files)
	fsys := rooted(b, dir)
	scan, err := NewScan(fsys)
	if err != nil {
		b.Fatal(err)
	}
	changed := "2000-01-01-post-00000.md"
	start := time.Now()
	if _, err := discover.Walk(fsys); err != nil {
		b.Fatal(err)
	}
	looking := time.Since(start)
	for b.Loop() {
		files[changed] = append(files[changed], "one more line\n"...)
		if err := os.WriteFile(filepath.Join(dir, changed), files[changed], 0o644); err != nil {
			b.Fatal(err)
		}
		if scan, err = scan.Reload(fsys); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(looking), "×looking")
}

// BenchmarkSearch answers one key typed over 10,000 posts, 60 MB, on one core, and finds the snippets of a screenful.
func BenchmarkSearch(b *testing.B) {
	files := synthetic(manyPosts, postSize)
	text := 0
	for _, data := range files {
		text += len(data)
	}
	fsys := mapFS(files)
	l, err := Load(fsys)
	if err != nil {
		b.Fatal(err)
	}
	e := l.At(time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	common := e.Tags()[0].Name
	for _, q := range []struct{ name, query string }{
		{"rare", "qqrare"}, {"common", common}, {"letter", "b"}, {"two", common + " b"}, {"none", "xyzzyxyzzy"},
	} {
		b.Run(q.name, func(b *testing.B) {
			hits := 0
			b.ReportAllocs()
			for b.Loop() {
				found := e.Search(q.query)
				for _, h := range found[:min(len(found), 40)] {
					h.Snippet()
				}
				hits = len(found)
			}
			b.ReportMetric(float64(hits), "hits")
		})
	}
	b.Run("memory", func(b *testing.B) {
		for b.Loop() {
		}
		runtime.GC()
		var with, without runtime.MemStats
		runtime.ReadMemStats(&with)
		l, e = nil, nil
		runtime.GC()
		runtime.ReadMemStats(&without)
		runtime.KeepAlive(fsys)
		b.ReportMetric(float64(with.HeapAlloc-without.HeapAlloc)/float64(text), "library/text")
	})
}

// BenchmarkRefresh does the same as BenchmarkReload, knowing which file has changed.
func BenchmarkRefresh(b *testing.B) {
	dir := b.TempDir()
	files := synthetic(manyPosts, postSize)
	writeAll(b, dir, files)
	fsys := rooted(b, dir)
	scan, err := NewScan(fsys)
	if err != nil {
		b.Fatal(err)
	}
	changed := "2000-01-01-post-00000.md"
	for b.Loop() {
		files[changed] = append(files[changed], "one more line\n"...)
		if err := os.WriteFile(filepath.Join(dir, changed), files[changed], 0o644); err != nil {
			b.Fatal(err)
		}
		if scan, err = scan.Refresh(fsys, []string{changed}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPoll looks at 10,000 posts of which none has changed.
func BenchmarkPoll(b *testing.B) {
	dir := b.TempDir()
	writeAll(b, dir, synthetic(manyPosts, postSize))
	fsys := rooted(b, dir)
	scan, err := NewScan(fsys)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if now, err := scan.Reload(fsys); err != nil || now.Library() != scan.Library() {
			b.Fatal("something has changed", err)
		}
	}
}
