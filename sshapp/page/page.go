// Package page typesets Markdown for a terminal: a post, a width and a theme in, lines out. It knows neither Bubble Tea nor
// SSH.
//
// Package document makes a tree of blocks of the post; a setter lays the blocks out (set.go), and a painter writes the lines
// (paint.go).
//
// No word is lost on the way: the words of a post's text are the words of its page, in order, but for
//
//   - what HTML itself doesn't show: comments, processing instructions, CDATA, attributes, and the content of script,
//     style, template, svg, math, head, title and datalist; what video, audio, iframe, object and canvas hold for programs
//     that don't know them;
//   - what a site's generator reads and doesn't show: the tags of shortcodes and templates that are known, attribute
//     lists ({: .class}) and the list in whose place {:toc} puts another, sizes of pictures, anchors behind headings
//     ("Title (#anchor)"), comments between such tags, the imports of MDX and the exports of .mdx files, the markers of
//     alerts and containers;
//   - the post's first heading if it says what its title says, which readers see above the page;
//   - a picture's alternative text if its caption says the same; the name of its file comes beside it;
//   - cells that a row of a Markdown table has beyond its header (GitHub's Markdown drops them), and footnotes that
//     nothing refers to;
//   - numbers in <sup> and <sub>, which come in Unicode's raised and lowered digits, and names of emoji, which come as
//     the emoji; soft hyphens;
//   - formulas that are understood, which are set as mathematics, without the names of TeX's commands and the definitions of others (setformula.go),
//     and diagrams that are drawn (setdiagram.go);
//   - control characters, which are replaced by U+FFFD.
package page

import (
	"maps"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/admission/work"
	"postern/sshapp/page/document"
)

// The measure is the width of a line of text. A terminal has 80 columns by default, and two on either side of the text
// make a margin. More than 80 characters are hard to read (WCAG 2.2, success criterion 1.4.8), and fewer than 20 hold
// no prose.
const (
	MaxMeasure = 76
	MinMeasure = 20
)

// Measure returns the width to typeset for on a terminal of so many columns. It has a cap and a floor, so that all
// terminals together ask for few different widths, and most share one.
func Measure(columns int) int { return min(max(columns, MinMeasure), MaxMeasure) }

// A Page is one post typeset for one width and theme. It never changes, and is shared by all who read it.
type Page struct {
	// Lines hold SGR and OSC 8 sequences only; each closes what it opens, so that any run of them can be shown alone.
	// None has blanks at its end that can't be seen.
	Lines []string

	Headings []Heading   // in order
	Links    []Link      // in order
	Blocks   []Block     // in order; they don't overlap
	Pictures []Picture   // in order: the rooms that are left for them; see [Cache.Illustrated]
	Wide     []WideBlock // in order

	above   []int32        // how many characters of text stand above a line; one more than there are lines
	end     int            // the line of the post's file behind its last one
	anchors map[string]int // the lines of places that have a name
	figures int            // how many pictures of the post stand alone
	narrow  bool           // with more room something would be wider
	sources []location     // of those that were looked for
	text    work.Shared[*Text]
}

// A Heading is a heading of a page.
type Heading struct {
	Text   string // on one line
	Level  int    // from 1 to 6
	Anchor string // its name in "#…", unique in the page: the author's, or one like GitHub's
	Line   int    // from 0
}

// A BlockKind says what a [Block] is.
type BlockKind uint8

const (
	ParagraphBlock BlockKind = iota
	HeadingBlock
	CodeBlock
	FormulaBlock // a formula that stands by itself and is set as mathematics
	DiagramBlock // a diagram that is drawn
	TableBlock
	FigureBlock  // a picture, or a frame around what it shows, or the name of its file
	CaptionBlock // of the figure, the table or the listing beside it
	RuleBlock    // a thematic break
)

// stretches reports whether blocks of the kind may be wider than the text.
func (k BlockKind) stretches() bool {
	switch k {
	case CodeBlock, FormulaBlock, DiagramBlock, TableBlock, FigureBlock:
		return true
	}
	return false
}

// A Block is a part of a page that has lines of its own, such as a paragraph in a list.
type Block struct {
	Kind        BlockKind
	First, Last int    // its lines, from 0; blank lines around it don't count
	Text        string // of a CodeBlock, a FormulaBlock or a DiagramBlock, the source as it was written: what a copy should yield
	Source      int    // the line of the post's file that it begins on
	Head        int    // of a TableBlock: the lines of its header and of the rule below; 0 for none
}

// A Link is a link of a page, in the order of reading.
type Link struct {
	Text   string // on one line; empty for a picture without alternative text
	Target string // as the author wrote it, escapes and entities resolved, cleaned
	Kind   document.LinkKind
	Line   int // of the page, from 0: where the link begins
	At     int // where on it, in bytes of the line's text without its escapes
	Source int // the line of the post's file
}

// URL returns the address outside that a link leads to, in printable ASCII; empty for a link that stays in the blog, and for
// an address of more than 2 KB.
func (l Link) URL() string {
	_, url := document.Classify(l.Target)
	return url
}

// Characters returns how many characters of the post's text the page shows, as a [Position] counts them.
func (p *Page) Characters() int { return int(p.above[len(p.above)-1]) }

// Plain returns the lines without any escape: the same text, for pipes.
func (p *Page) Plain() []string {
	lines := make([]string, len(p.Lines))
	for i, l := range p.Lines {
		lines[i] = strings.TrimRight(ansi.Strip(l), " ")
	}
	return lines
}

// Anchor returns the line of the place that a "#name" means: a heading, a footnote, or whatever the author gave an id. What
// no place is called may still mean one: generators differ in how they make names of headings, so letters and digits
// alone, in any case, are enough.
func (p *Page) Anchor(name string) (line int, ok bool) {
	name = strings.TrimPrefix(name, "#")
	if line, ok = p.anchors[name]; ok {
		return line, true
	}
	if name, ok = document.SameName(name, slices.Values(slices.Sorted(maps.Keys(p.anchors)))); ok {
		line = p.anchors[name]
	}
	return line, ok
}
