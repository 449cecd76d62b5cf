package command_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// word returns word n of a vocabulary, which has two to five syllables.
func word(n uint64) string {
	var w strings.Builder
	for x := n*2654435761%(1<<31) | 1<<14; x > 1<<7; x >>= 7 {
		w.WriteByte("bcdfghjklmnprstvwxz"[x%19])
		w.WriteByte("aeiou"[x%5])
	}
	return w.String()
}

// manyPosts returns 10,000 posts of 6 KB. The nth word of the vocabulary is 1/n times as frequent as the first, as in natural
// languages (Zipf's law).
func manyPosts() fstest.MapFS {
	const posts, words = 10_000, 1000
	rng := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(rng, 1.07, 2, 60_000)
	files := fstest.MapFS{}
	for i := range posts {
		var b strings.Builder
		day := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%9000)
		fmt.Fprintf(&b, "---\ntitle: Post %s %s\ndate: %s\ntags: [t%d]\n---\n", word(zipf.Uint64()), word(zipf.Uint64()), day.Format(time.DateOnly), i%50)
		for n := range words {
			b.WriteString(word(zipf.Uint64()))
			b.WriteByte("        \n"[n%9])
		}
		files[fmt.Sprintf("post-%05d.md", i)] = &fstest.MapFile{Data: []byte(b.String())}
	}
	return files
}

// BenchmarkCalls runs commands on a blog of 10,000 posts.
func BenchmarkCalls(b *testing.B) {
	c := newCaller(b, manyPosts())
	c.call.Stdout, c.call.Stderr, c.call.Context = io.Discard, io.Discard, context.Background()
	often, rare := word(0), word(4321)
	for _, line := range []string{
		"ls -n 20", "ls", "ls --tag t7", "ls --json", "tags", "cat post-00007", "cat post-0000x",
		"search " + often[:1], "search " + often, "search " + often + " " + word(1), "search " + rare, "search -n 100 " + often,
	} {
		b.Run(line, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				call := c.call
				call.Run(line)
			}
		})
	}
}
