package content

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// synthetic makes posts of about size bytes each, whose words are as frequent as those of a language: the nth has 1/n of
// the first one's share (Zipf), among 60,000.
func synthetic(n, size int) map[string][]byte {
	rng := rand.New(rand.NewPCG(1, 2))
	vocabulary := make([]string, 60_000)
	for i := range vocabulary {
		var w strings.Builder
		for range 2 + rng.IntN(4) {
			w.WriteByte("bcdfghjklmnprstvwxz"[rng.IntN(19)])
			w.WriteByte("aeiou"[rng.IntN(5)])
		}
		vocabulary[i] = w.String()
	}
	zipf := rand.NewZipf(rng, 1.07, 2, uint64(len(vocabulary)-1))
	day := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	files := make(map[string][]byte, n)
	for i := range n {
		var b strings.Builder
		fmt.Fprintf(&b, "---\ntitle: %s %s\ndate: %s\ntags: [%s, %s]\ndescription: \"%s %s %s\"\n---\n\n# %s\n\n",
			vocabulary[zipf.Uint64()], vocabulary[zipf.Uint64()], day.AddDate(0, 0, i).Format(time.DateOnly),
			vocabulary[zipf.Uint64()], vocabulary[zipf.Uint64()], vocabulary[zipf.Uint64()], vocabulary[zipf.Uint64()], vocabulary[zipf.Uint64()], vocabulary[zipf.Uint64()])
		if i == n/2 {
			b.WriteString("The word qqrare stands here alone.\n\n")
		}
		for b.Len() < size {
			for range 60 {
				b.WriteString(vocabulary[zipf.Uint64()])
				b.WriteByte("          \n"[rng.IntN(11)])
			}
			b.WriteString(".\n\n")
		}
		files[fmt.Sprintf("%s-post-%05d.md", day.AddDate(0, 0, i).Format(time.DateOnly), i)] = []byte(b.String())
	}
	return files
}

func mapFS(files map[string][]byte) fstest.MapFS {
	m := fstest.MapFS{}
	for name, data := range files {
		m[name] = &fstest.MapFile{Data: data}
	}
	return m
}

// writeAll puts files into a directory, old enough to be believed.
func writeAll(t testing.TB, dir string, files map[string][]byte) {
	old := time.Now().Add(-time.Hour)
	for name, data := range files {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(p, old, old); err != nil {
			t.Fatal(err)
		}
	}
}
