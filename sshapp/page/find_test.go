package page

import (
	"reflect"
	"runtime"
	"strings"
	"testing"

	"postern/content/search"
	"postern/sshapp/admission/work"
	"postern/sshapp/page/theme"
)

func TestFinds(t *testing.T) {
	text := NewText(nil, []string{"A \x1b[1mCafé\x1b[m, and a warm", "  corner. cafe\u0301 CAFE", "", "\x1b]8;;https://example.com/m\x1b\\漢字\x1b]8;;\x1b\\"})
	for _, tt := range []struct {
		query string
		want  [][]Piece
	}{
		{"cafe", [][]Piece{{{0, 2, 7}}, {{1, 10, 16}}, {{1, 17, 21}}}},
		{"CAFE", [][]Piece{{{1, 17, 21}}}},
		{"Cafe", [][]Piece{{{0, 2, 7}}}},
		{"café", [][]Piece{{{0, 2, 7}}, {{1, 10, 16}}, {{1, 17, 21}}}},
		{"warm corner", [][]Piece{{{0, 15, 19}, {1, 2, 8}}}},
		{"cafe 漢", [][]Piece{{{1, 17, 21}, {3, 0, 3}}}},
		{"字", [][]Piece{{{3, 3, 6}}}},
		{" ", nil},
		{"nowhere", nil},
		{"example", nil},
	} {
		all := text.Find(nil, tt.query)
		var got [][]Piece
		for i, x := range all.Pieces() {
			if i == len(got) {
				got = append(got, nil)
			}
			got[i] = append(got[i], x)
		}
		for i := range all.Len() {
			if first := got[i][0].Line; all.Line(i) != first || all.From(first) > i || all.From(first+1) <= i {
				t.Errorf("%q: find %d begins on line %d, and is on %d", tt.query, i, all.Line(i), first)
			}
		}
		if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%q: %v, want %v", tt.query, got, tt.want)
		}
	}
}

// TestFindCost: what is needed to find something is there once for a page, about as large as the text that shows and counted
// among the cache's bytes; a key costs what it finds, and to ask again costs nothing.
func TestFindCost(t *testing.T) {
	c, p := NewCache(8<<20), essay()
	visible := len(strings.Join(c.Page(nil, p, 76, theme.Terminal()).Plain(), "\n"))
	before := c.Bytes()
	text := c.Text(nil, p, 76, theme.Terminal())
	if grown := c.Bytes() - before; grown != text.bytes() || grown > 3*int64(visible) {
		t.Errorf("the cache grows by %d bytes, for a text of %d whose page shows %d", grown, text.bytes(), visible)
	}
	if c.Text(nil, p, 76, theme.Terminal()) != text || c.Bytes() != before+text.bytes() {
		t.Error("the text of a page is made twice, or counted twice")
	}
	key := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			text.find(nil, "e")
		}
	})
	all := text.Find(nil, "e")
	if n := key.AllocedBytesPerOp(); all.Len() == 0 || n > int64(32*all.Len()) {
		t.Errorf("%d finds take %d bytes", all.Len(), n)
	}
	if n := testing.AllocsPerRun(10, func() { text.Find(nil, "e") }); n > 0 {
		t.Errorf("to find the same again takes %v allocations", n)
	}
	for _, query := range strings.Split("abcdefghijklmnopqrstuvwxyz", "") {
		text.Find(nil, query)
	}
	held := 0
	for _, old := range text.last {
		held += 4 * cap(old.at)
	}
	if held > len(text.folded) || len(text.last) == 0 {
		t.Errorf("%d texts with %d bytes are remembered, of a page of %d", len(text.last), held, len(text.folded))
	}
}

// TestSeek: where no line has the text that was found, it is at the first of the lines that have most of its words within four lines.
func TestSeek(t *testing.T) {
	x := search.Snippet{Text: "ape bee cat", Marks: [][2]int{{0, 3}, {4, 7}, {8, 11}}}
	for lines, want := range map[string]int{
		"-|ape cat|-|bee":         1,
		"ape|-|-|-|bee|cat":       4,
		"ape|-|-|bee|cat":         0,
		"ape|ape|bee|-|cat|-|ape": 1,
		"-|cat cat|ape":           1,
		"-|-":                     -1,
	} {
		line, ok := NewText(nil, strings.Split(lines, "|")).Seek(nil, x)
		if ok != (want >= 0) || ok && line != want {
			t.Errorf("%s: line %d, %t, want %d", lines, line, ok, want)
		}
	}
}

// TestSeekCost: to look where the words are near each other takes a turn, and memory for the lines, not for all finds.
func TestSeekCost(t *testing.T) {
	lines := make([]string, 1000)
	for i := range lines {
		lines[i] = strings.Repeat("words ", 40)
	}
	queue := work.NewQueue(1, 0)
	turn, text := queue.Turn(&work.Source{}, nil), NewText(nil, lines)
	x := search.Snippet{Text: "words of another text", Marks: [][2]int{{0, 5}}}
	if line, ok := text.Seek(turn, x); !ok || line != 0 { // from now on the finds are remembered
		t.Fatal("it is on line", line, ok)
	}
	var before, after runtime.MemStats
	done := queue.Done(work.Find)
	runtime.ReadMemStats(&before)
	text.Seek(turn, x)
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 16*uint64(len(lines)) {
		t.Errorf("it takes %d bytes for %d lines", n, len(lines))
	}
	if n := queue.Done(work.Find) - done; n != 1 {
		t.Errorf("it takes %d turns", n)
	}
}

// TestFindForNobody: who has gone finds nothing, and nothing is kept of it.
func TestFindForNobody(t *testing.T) {
	gone := make(chan struct{})
	close(gone)
	turn := work.NewQueue(1, 0).Turn(&work.Source{}, gone)
	c, p := NewCache(8<<20), essay()
	text := NewText(nil, c.Page(nil, p, 76, theme.Terminal()).Lines)
	if _, ok := text.Seek(turn, search.Snippet{Text: "e a", Marks: [][2]int{{0, 1}}}); ok {
		t.Error("a place is found")
	}
	if n := text.Find(turn, "e").Len(); n > 0 || len(text.last) > 0 {
		t.Errorf("%d finds, %d texts are remembered", n, len(text.last))
	}
	if n := c.Text(turn, p, 76, theme.Terminal()).Find(nil, "e").Len(); n > 0 {
		t.Errorf("%d finds", n)
	}
	if len(c.Page(turn, p, 40, theme.Terminal()).Lines) > 0 || len(c.begun) > 0 || c.entries[newKey(p, 40, theme.Terminal())] != nil {
		t.Error("a page was typeset")
	}
	if c.Text(nil, p, 76, theme.Terminal()).Find(nil, "e").Len() == 0 {
		t.Error("others find nothing any more")
	}
}
