package page

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"postern/content"
	"postern/sshapp/page/document"
)

// A leftover is syntax that a page shows as it was written. Some of it is meant, such as "2**3" in a sentence, so there is
// a bound for all blogs of the corpus. It is what was counted last, and comes down when a page understands more.
var leftovers = []struct {
	kind    string
	pattern *regexp.Regexp
	bound   int
}{
	{"tags", regexp.MustCompile(`\{\{|\{%`), 21},
	{"$$", regexp.MustCompile(`\$\$`), 0},
	{":::", regexp.MustCompile(`:::`), 0},
	{"**", regexp.MustCompile(`\*\*`), 13},
	{"{#id}", regexp.MustCompile(`\{:? *[#.][\w-]+[^{}\n]*\}`), 0},
}

// TestLeftoversInCorpus counts, by blog, the syntax that pages show outside of code and formulas.
func TestLeftoversInCorpus(t *testing.T) {
	dir := os.Getenv("POSTERN_CORPUS")
	if dir == "" {
		t.Skip("POSTERN_CORPUS names no directory of blogs")
	}
	blogs, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	row := "| %-16s | %5s |" + strings.Repeat(" %5s |", len(leftovers))
	head := []any{"blog", "posts"}
	for _, l := range leftovers {
		head = append(head, l.kind)
	}
	t.Logf(row, head...)
	posts, all := 0, make([]int, len(leftovers))
	for _, blog := range blogs {
		if !blog.IsDir() || strings.HasPrefix(blog.Name(), "_") {
			continue
		}
		library, err := content.Load(os.DirFS(filepath.Join(dir, blog.Name())))
		if err != nil {
			t.Errorf("%s: %v", blog.Name(), err)
			continue
		}
		n, counts := countLeftovers(library)
		t.Logf(row, rowCells(blog.Name(), n, counts)...)
		posts += n
		for i := range counts {
			all[i] += counts[i]
		}
	}
	t.Logf(row, rowCells("all", posts, all)...)
	for i, l := range leftovers {
		if all[i] > l.bound {
			t.Errorf("pages show %d of %s outside of code, more than %d", all[i], l.kind, l.bound)
		}
	}
}

// countLeftovers returns how many posts and pages a library has, and how many leftovers of each kind these have.
func countLeftovers(l *content.Library) (posts int, counts []int) {
	counts = make([]int, len(leftovers))
	count := func(text string) {
		for i, l := range leftovers {
			counts[i] += len(l.pattern.FindAllString(text, -1))
		}
	}
	for _, some := range [][]*content.Post{l.All().Posts(), l.All().Pages()} {
		posts += len(some)
		for _, p := range some {
			document.Read(p, nil).Root.EachLeaf(func(b *document.Block) { count(outsideCode(b)) })
		}
	}
	return posts, counts
}

// outsideCode returns the text of a leaf that is neither code nor a formula.
func outsideCode(b *document.Block) string {
	if b.Kind == document.CodeBlock || b.Kind == document.MathBlock {
		return ""
	}
	var s strings.Builder
	b.EachRun(string(b.Text), 0, len(b.Text), func(text string, r document.Run) {
		if r.Roles&(document.Code|document.Math) != 0 {
			text = " "
		}
		s.WriteString(text)
	})
	return s.String()
}

func rowCells(blog string, posts int, counts []int) []any {
	cells := []any{blog, fmt.Sprint(posts)}
	for _, n := range counts {
		cells = append(cells, fmt.Sprint(n))
	}
	return cells
}
