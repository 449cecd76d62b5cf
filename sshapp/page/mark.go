package page

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"iter"
	"slices"
	"sort"
	"strings"

	"postern/content"
)

// A Mark is a place in a post's text that can be written down. It finds the same text on a page of any width and theme, a spoken
// one too, and after the post was edited elsewhere. It names the paragraph of the Markdown, which is a run of lines that are not
// blank.
type Mark struct {
	paragraph, before uint32 // hashes of the paragraph, and of the one above; 0 for none
	offset            int    // how many characters of text stand between the paragraph's beginning and the place
	above             int    // how many stand above the place in all
}

// String returns the mark as [ParseMark] takes it: at most 60 bytes of ASCII. For the beginning of a post it is empty.
func (m Mark) String() string {
	if m == (Mark{}) {
		return ""
	}
	return fmt.Sprintf("%08x.%08x.%d.%d", m.paragraph, m.before, m.offset, m.above)
}

// ParseMark returns the mark that a text stands for, and the beginning of the post for a text that stands for none.
func ParseMark(s string) (m Mark) {
	if _, err := fmt.Sscanf(s, "%08x.%08x.%d.%d", &m.paragraph, &m.before, &m.offset, &m.above); err != nil || m.offset < 0 || m.above < 0 {
		return Mark{}
	}
	return m
}

// A paragraph is a run of lines of a post's file that are not blank.
type paragraph struct {
	first, last int // lines of the file
	hash        uint32
}

// paragraphs returns the paragraphs of a post's body, in order.
func paragraphs(post *content.Post) iter.Seq[paragraph] {
	return func(yield func(paragraph) bool) {
		hash := fnv.New32a()
		open := paragraph{}
		n := post.BodyLine
		for line := range strings.Lines(post.Body + "\n\n") {
			line = strings.TrimSpace(line)
			switch {
			case line != "":
				if open.first == 0 {
					open.first = n
				}
				open.last = n
				hash.Write([]byte(line))
				hash.Write([]byte{'\n'})
			case open.first > 0:
				open.hash = max(1, hash.Sum32())
				if !yield(open) {
					return
				}
				open = paragraph{}
				hash.Reset()
			}
			n++
		}
	}
}

// Mark returns the mark of a position on the page of a post.
func (p *Page) Mark(post *content.Post, at Position) Mark {
	if at.Block <= 0 && at.Text <= 0 || at.Block >= len(p.Blocks) {
		return Mark{}
	}
	source := p.Blocks[at.Block].Source
	m := Mark{above: p.charactersAbove(at)}
	m.offset = m.above
	for q := range paragraphs(post) {
		if q.first > source {
			break
		}
		m.before, m.paragraph = m.paragraph, q.hash
		if first, ok := p.firstBlock(q); ok {
			m.offset = max(0, m.above-int(p.above[p.Blocks[first].First]))
		}
	}
	return m
}

// charactersAbove returns how many characters of text stand above a position.
func (p *Page) charactersAbove(at Position) int {
	return int(p.above[p.Blocks[at.Block].First]) + at.Text
}

// firstBlock returns the first block that a paragraph became.
func (p *Page) firstBlock(q paragraph) (i int, ok bool) {
	i = slices.IndexFunc(p.Blocks, func(b Block) bool { return b.Source >= q.first && b.Source <= q.last })
	return i, i >= 0
}

// Locate returns the position of a mark on the page of a post: in the same paragraph or, if that was changed, below the one that
// was above it or, if neither is left, as far down the text as it was. Of equal paragraphs it is the one whose place has moved
// least.
func (p *Page) Locate(post *content.Post, m Mark) Position {
	if m == (Mark{}) || len(p.Blocks) == 0 {
		return Position{}
	}
	was := m.above - m.offset // where the paragraph began
	var same, below []int     // where paragraphs begin that may be it
	last := uint32(0)
	for q := range paragraphs(post) {
		i, ok := p.firstBlock(q)
		if !ok {
			continue
		}
		begins := int(p.above[p.Blocks[i].First])
		switch {
		case q.hash == m.paragraph:
			same = append(same, begins)
		case last == m.before && last != 0:
			below = append(below, begins)
		}
		last = q.hash
	}
	nearest := func(a, b int) int { return cmp.Compare(max(a-was, was-a), max(b-was, was-b)) }
	switch {
	case len(same) > 0:
		was = slices.MinFunc(same, nearest)
	case len(below) > 0:
		was = slices.MinFunc(below, nearest)
	}
	return p.position(was + m.offset)
}

// position returns the position that so many characters of text stand above.
func (p *Page) position(above int) Position {
	above = min(above, p.Characters())
	next := sort.Search(len(p.Blocks), func(i int) bool { return int(p.above[p.Blocks[i].First]) > above })
	i := max(0, next-1)
	for i > 0 && p.above[p.Blocks[i-1].First] == p.above[p.Blocks[i].First] { // blocks without text of their own come with what follows
		i--
	}
	return Position{i, above - int(p.above[p.Blocks[i].First])}
}
