package check

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"postern/content"
)

// BenchmarkCheck checks 10,000 posts of 6 KB from files, each with headings, lists, code, a picture, a table, and links to
// its own headings and to those of others.
func BenchmarkCheck(b *testing.B) {
	const posts, size = 10_000, 6_000
	dir := b.TempDir()
	day := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	name := func(i int) string { return fmt.Sprintf("%s-post-%05d", day.AddDate(0, 0, i).Format(time.DateOnly), i) }
	words := language()
	for i := range posts {
		var s strings.Builder
		fmt.Fprintf(&s, "---\ntitle: Post %d\ndate: %s\ntags: [%s, %s]\n---\n\n", i, name(i)[:10], words(1), words(1))
		for n := 0; s.Len() < size; n++ {
			fmt.Fprintf(&s, "## Heading %d\n\n%s *%s* [%s](%s.md#heading-0) %s [%s](#heading-%d) `%s`.\n\n", n, words(60), words(3), words(2), name(7919*(i+n)%posts), words(40), words(1), n, words(1))
			switch n % 4 {
			case 0:
				fmt.Fprintf(&s, "- %s\n- %s\n\n", words(12), words(12))
			case 1:
				fmt.Fprintf(&s, "```go\nfunc %s() {\n\treturn %s\n}\n```\n\n", words(1), words(1))
			case 2:
				fmt.Fprintf(&s, "![%s](images/a.png)\n\n", words(5))
			case 3:
				fmt.Fprintf(&s, "| %s | %s |\n|---|---|\n| a | b |\n\n", words(1), words(1))
			}
		}
		if err := os.WriteFile(filepath.Join(dir, name(i)+".md"), []byte(s.String()), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, "images"), 0o700); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "images", "a.png"), []byte("x"), 0o600); err != nil {
		b.Fatal(err)
	}
	busy := processorTime(b)
	for b.Loop() {
		library, err := content.Read(os.DirFS(dir))
		if err != nil {
			b.Fatal(err)
		}
		report, err := Blog(b.Context(), library, func(int, int) {})
		if err != nil || len(report.Problems) > 0 {
			b.Fatalf("%v, %d problems: %v", err, len(report.Problems), report.Problems)
		}
	}
	b.ReportMetric((processorTime(b)-busy).Seconds()/float64(b.N), "cpu-s/op")
}

// language returns a func that returns n words of a vocabulary of 60,000. The nth word is 1/n times as frequent as the first, as
// in natural languages (Zipf's law).
func language() func(n int) string {
	rng := rand.New(rand.NewPCG(1, 2))
	vocabulary := make([]string, 60_000)
	for i := range vocabulary {
		for range 2 + rng.IntN(4) {
			vocabulary[i] += string("bcdfghjklmnprstvwxz"[rng.IntN(19)]) + string("aeiou"[rng.IntN(5)])
		}
	}
	zipf := rand.NewZipf(rng, 1.07, 2, uint64(len(vocabulary)-1))
	return func(n int) string {
		some := make([]string, n)
		for i := range some {
			some[i] = vocabulary[zipf.Uint64()]
		}
		return strings.Join(some, " ")
	}
}

// processorTime returns the CPU time of this process. On a shared machine, the elapsed time depends on other processes.
func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
