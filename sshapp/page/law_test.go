package page

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"golang.org/x/text/unicode/norm"

	"postern/content"
	"postern/content/sanitize"
	"postern/sshapp/page/account"
	"postern/sshapp/page/diagram"
	"postern/sshapp/page/document"
	"postern/sshapp/page/formula"
	"postern/sshapp/page/linebreak"
	"postern/sshapp/page/markdown"
	"postern/sshapp/page/theme"
)

// The laws of a page. They hold for any Markdown, at any width from 20, in any theme.

func post(body string) *content.Post {
	return &content.Post{Path: "post.md", Title: "No such title", Body: sanitize.Text(body), BodyLine: 1}
}

func specimen(t testing.TB) *content.Post {
	body, err := os.ReadFile("testdata/specimen.md")
	if err != nil {
		t.Fatal(err)
	}
	return post(string(body))
}

// themes returns all that Postern brings, and the spoken one.
func themes() []*theme.Theme {
	all := []*theme.Theme{Spoken(), theme.Plain()}
	for _, name := range theme.Names() {
		all = append(all, theme.Lookup(name))
	}
	return all
}

// holdLaws checks a page against all laws.
func holdLaws(t *testing.T, p *content.Post, width int, th *theme.Theme) {
	t.Helper()
	got := New(p, width, th)
	if again := New(p, width, th); !slices.Equal(got.Lines, again.Lines) {
		t.Error("the same post gives two different pages")
	}
	holdPage(t, p, got, width, th)
	holdMarkup(t, p)
}

// withoutHanging returns a line without the full-width mark that hangs behind it, if it is wider than the width.
func withoutHanging(line string, width int) string {
	if n := ansi.StringWidthWc(line); width < minHanging || n <= width || n > width+linebreak.Hanging {
		return line
	}
	text := ansi.Strip(line)
	if _, n := utf8.DecodeLastRuneInString(text); strings.Contains(linebreak.HangingMarks, text[len(text)-n:]) {
		return text[:len(text)-n]
	}
	return line
}

// holdPage checks a post's page against all laws.
func holdPage(t *testing.T, p *content.Post, got *Page, width int, th *theme.Theme) {
	t.Helper()
	plain := got.Plain()
	for i, line := range got.Lines {
		if w := max(ansi.StringWidth(withoutHanging(line, width)), ansi.StringWidthWc(withoutHanging(line, width))); w > width {
			t.Errorf("line %d is %d cells wide, more than %d: %q", i, w, width, line)
		}
		shown, err := interpret(line)
		if err != nil {
			t.Errorf("line %d: %v: %q", i, err, line)
		}
		if th == Spoken() && line != plain[i] {
			t.Errorf("line %d has escapes, and is to be listened to: %q", i, line)
		}
		if strings.TrimRight(shown, " ") != plain[i] {
			t.Errorf("line %d shows %q, and plain it is %q", i, shown, plain[i])
		}
	}
	holdPlaces(t, got)
	holdAccount(t, p)
	holdWords(t, p, got, width, th)
}

// interpret returns what a line shows. Its error says which escape isn't allowed, or is left open.
func interpret(line string) (string, error) {
	var shown strings.Builder
	pen, link := false, false
	for line != "" {
		switch {
		case strings.HasPrefix(line, "\x1b["):
			end := strings.IndexByte(line, 'm')
			if end < 0 || strings.Trim(line[2:end], "0123456789;") != "" {
				return "", fmt.Errorf("an escape that is no SGR")
			}
			pen = line[2:end] != ""
			line = line[end+1:]
		case strings.HasPrefix(line, "\x1b]8;"):
			params, rest, ok := strings.Cut(line[len("\x1b]8;"):], "\x1b\\")
			_, url, ok2 := strings.Cut(params, ";")
			if !ok || !ok2 || len(url) > 2<<10 || strings.ContainsFunc(params, func(r rune) bool { return r <= ' ' || r > '~' }) {
				return "", fmt.Errorf("a hyperlink that is not well formed")
			}
			link = url != ""
			line = rest
		default:
			r := []rune(line[:min(len(line), 4)])[0]
			if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r >= 0xe0000 && r <= 0xe007f {
				return "", fmt.Errorf("control character %U", r)
			}
			n := len(string(r))
			if r == unicode.ReplacementChar && !strings.HasPrefix(line, "\ufffd") {
				return "", fmt.Errorf("invalid UTF-8")
			}
			shown.WriteString(line[:n])
			line = line[n:]
		}
	}
	if pen || link {
		return "", fmt.Errorf("style or link left open")
	}
	return shown.String(), nil
}

// holdPlaces checks that what a page says about its lines fits them.
func holdPlaces(t *testing.T, p *Page) {
	t.Helper()
	next := 0
	for i, b := range p.Blocks {
		if b.First < next || b.Last < b.First || b.Last >= len(p.Lines) {
			t.Fatalf("block %d goes from line %d to %d of %d, behind one that ends before %d", i, b.First, b.Last, len(p.Lines), next)
		}
		next = b.Last + 1
	}
	for i := range p.Lines {
		at := p.At(i)
		if back := p.Line(at); at.Block < len(p.Blocks) && (back < p.Blocks[at.Block].First || back > max(i, p.Blocks[at.Block].First) && p.above[back] != p.above[i]) {
			t.Errorf("line %d is at %v, which is line %d", i, at, back)
		}
	}
	for _, h := range p.Headings {
		if line, ok := p.Anchor("#" + h.Anchor); !ok || line != h.Line {
			t.Errorf("heading %q is on line %d, and its anchor leads to %d", h.Text, h.Line, line)
		}
	}
	for _, l := range p.Links {
		if l.Line < 0 || l.Line >= len(p.Lines) {
			t.Errorf("link %q is on line %d of %d", l.Text, l.Line, len(p.Lines))
		} else if n := len(ansi.Strip(p.Lines[l.Line])); l.At < 0 || l.At >= n {
			t.Errorf("link %q begins at byte %d of %d", l.Text, l.At, n)
		}
	}
}

// holdAccount checks that every letter of the source is in the tree, or belongs to a rule that says why not.
func holdAccount(t *testing.T, p *content.Post) {
	t.Helper()
	parsed := markdown.Parse(p.Path, p.Body, nil)
	source := account.Of(parsed, nil)
	for _, lost := range source.Lost {
		t.Errorf("nothing says why %q, at %d, is not in the tree", lost.Text, lost.At)
	}
	texts := account.AppendTexts([]string{p.Title}, document.New(parsed, p).Root)
	if lost, ok := source.Missing(texts); ok {
		t.Errorf("the tree loses %q, at %d", lost.Text, lost.At)
	}
	if lost, ok := source.MissingApart(texts); ok {
		t.Errorf("the tree loses %q, an attribute or an argument at %d", lost.Text, lost.At)
	}
}

// holdWords checks that no word is lost: from the source to the tree, and from the tree to the page.
func holdWords(t *testing.T, p *content.Post, page *Page, width int, th *theme.Theme) {
	t.Helper()
	tree := document.Read(p, nil)
	macros := MacrosOf(tree)
	var leaves, written []string    // written: as on the page, which sets formulas as mathematics
	hasTable, signs := false, false // signs: words that no author wrote may touch those that one did
	count := int32(0)
	tree.Root.EachLeaf(func(b *document.Block) {
		text := b.Plain()
		if b.Kind == document.Figure && b.Captioned {
			text = ""
		}
		count += document.CountVisible(text)
		for _, r := range b.Runs {
			signs = signs || r.Roles&document.Generated != 0
		}
		signs = signs || th == Spoken() && saysWithinWord(b)
		for _, w := range strings.Fields(text) {
			signs = signs || len(w) > 8000 // broken at any width
		}
		hasTable = hasTable || b.Kind == document.TableCell
		leaves = append(leaves, text)
		plain, hasFormula := withoutFormulas(b, macros)
		written = append(written, plain)
		signs = signs || hasFormula
	})
	if shown := page.above[len(page.above)-1]; shown != count {
		t.Errorf("the post has %d characters and the page %d", count, shown)
	}
	inTree, onPage := words(strings.Join(leaves, " ")), words(strings.Join(written, " "))
	if !hasTable || th == Spoken() { // the cells of a row stand beside each other
		if i := missing(runes(strings.Join(onPage, "")), runes(strings.Join(words(strings.Join(page.Plain(), " ")), ""))); i >= 0 {
			t.Errorf("width %d: the page loses text from %q on", width, tail(strings.Join(onPage, ""), i))
		}
		wide := New(p, 10_000, theme.None())
		if th == Spoken() {
			wide = New(p, 10_000, th)
		}
		if i := missing(onPage, words(strings.Join(wide.Plain(), " "))); i >= 0 && !signs {
			t.Errorf("the page loses the word %q, or glues it to another", onPage[i])
		}
	}
	want, exact := reference(p)
	if want == nil {
		return
	}
	if i := missing(want, inTree); i >= 0 {
		t.Errorf("the tree loses the word %q, or glues it to another:\n%q\n%q", want[i], want, inTree)
	} else if exact && len(want) != len(inTree) {
		t.Errorf("the tree has %d words, and the source %d:\n%q\n%q", len(inTree), len(want), inTree, want)
	}
}

// withoutFormulas returns the text of a leaf but for what is set as mathematics, and whether there is any.
func withoutFormulas(b *document.Block, m *formula.Macros) (text string, hasFormula bool) {
	if b.Kind == document.Figure && b.Captioned {
		return "", false
	}
	if b.Kind == document.MathBlock {
		if _, ok := formula.Speak(m.Expand(string(b.Text)), nil); ok {
			return "", true
		}
	}
	if b.Language == "mermaid" {
		if _, ok := diagram.Draw(string(b.Text), 10_000); ok {
			return "", true
		}
	}
	var rest strings.Builder
	b.EachRun(string(b.Text), 0, len(b.Text), func(source string, r document.Run) {
		if r.Roles&document.Generated != 0 {
			return
		}
		if r.Roles&document.Math != 0 && b.Kind != document.CodeBlock {
			if _, ok := formula.Inline(m.Expand(source)); ok {
				hasFormula = true
				return
			}
		}
		rest.WriteString(source)
	})
	return rest.String(), hasFormula
}

// saysWithinWord reports whether what a spoken page says around a link, a picture or what is deleted stands within what
// blanks part from the rest.
func saysWithinWord(b *document.Block) bool {
	begin := 0
	for _, r := range b.Runs {
		if r.Link > 0 || r.Roles&(document.Deleted|document.AltText) != 0 {
			before, after := string(b.Text[:begin]), string(b.Text[r.End:])
			before = before[strings.LastIndexAny(before, " \n\t")+1:]
			if i := strings.IndexAny(after, " \n\t"); i >= 0 {
				after = after[:i]
			}
			if document.Letters(before+after) != "" {
				return true
			}
		}
		begin = r.End
	}
	return false
}

func runes(s string) []string { return strings.Split(s, "") }

func tail(s string, i int) string { r := []rune(s); return string(r[i:min(len(r), i+40)]) }

// missing returns the index of the first of these that all doesn't have, in order, or -1.
func missing(these, all []string) int {
	for i, w := range these {
		at := slices.Index(all, w)
		if at < 0 {
			return i
		}
		all = all[at+1:]
	}
	return -1
}

// words returns the words of a text: what stands between blanks, of that the letters and digits.
func words(s string) []string {
	var all []string
	s = strings.Map(func(r rune) rune { // a footnote's number stands at its word, and no author wrote it
		if strings.ContainsRune("⁰¹²³⁴⁵⁶⁷⁸⁹", r) {
			return -1
		}
		return r
	}, s)
	for _, w := range strings.Fields(norm.NFKC.String(unspaced.ReplaceAllString(s, " $0 "))) {
		if w = document.Letters(w); w != "" {
			all = append(all, w)
		}
	}
	return all
}

// unspaced matches the characters of scripts that have no blanks between words: each counts as a word.
var unspaced = regexp.MustCompile(`[\p{Han}\p{Yi}\x{3001}-\x{33ff}\x{ff01}-\x{ff9f}]`)

// reference returns the words of a source by other means: goldmark's tree, read as plainly as can be. It returns nil for
// what is told in the package's list of exceptions, and whether there is nothing else in the source that shows.
func reference(p *content.Post) (want []string, exact bool) {
	parsed := markdown.Parse("", p.Body, nil)
	source, root := parsed.Source, parsed.Root
	var b strings.Builder
	exact = true
	skip := false
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() != ast.TypeInline {
			b.WriteByte(' ')
		}
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			s := string(n.Segment.Value(source))
			if !n.IsRaw() {
				s = markdown.Unescape(s)
			}
			b.WriteString(s)
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *markdown.Math:
			b.Write(n.Source)
		case *ast.AutoLink:
			b.WriteString(markdown.Unescape(string(n.Label(source))))
		case *ast.CodeBlock, *ast.FencedCodeBlock, *markdown.MathBlock:
			b.Write(n.Lines().Value(source))
		case *ast.Image:
			exact = exact && n.Title == nil && n.FirstChild() != nil
			if _, inLink := n.Parent().(*ast.Link); inLink {
				exact = false
			}
		case *ast.Link:
			exact = exact && n.FirstChild() != nil
		case *ast.RawHTML, *ast.HTMLBlock, *markdown.Tag, *markdown.RawBlock, *markdown.MultilineTag, *markdown.Container, *markdown.Script, *markdown.Component, *markdown.ComponentBlock:
			skip = true
		case *extast.FootnoteLink, *extast.FootnoteBacklink:
		case *ast.Blockquote:
			_, _, isAlert := markdown.AlertMarker(n, source)
			skip = skip || isAlert
		}
		return ast.WalkContinue, nil
	})
	if skip {
		return nil, false
	}
	return words(strings.ReplaceAll(sanitize.Text(b.String()), "\u00ad", "")), exact
}

func TestLawsOnSpecimen(t *testing.T) {
	p := specimen(t)
	for _, th := range themes() {
		for _, width := range []int{20, 21, 34, 40, 60, 76, 80, 120, 200} {
			holdLaws(t, p, width, th)
		}
	}
	for width := range MinMeasure { // below the floor lines may be too wide, but nothing may break
		New(p, width, theme.Terminal())
	}
}

// TestLawsOnCorpus holds all posts of a directory against the laws.
func TestLawsOnCorpus(t *testing.T) {
	dir := os.Getenv("POSTERN_CORPUS")
	if dir == "" {
		t.Skip("POSTERN_CORPUS names no directory of posts")
	}
	n := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if ext := filepath.Ext(path); err != nil || d.IsDir() || ext != ".md" && ext != ".markdown" && ext != ".mdx" {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		n++
		t.Run(path, func(t *testing.T) {
			p := post(strings.ReplaceAll(string(body), "\r\n", "\n"))
			p.Path = path
			holdLaws(t, p, []int{20, 40, 76, 80, 200}[n/5%5], themes()[n%len(themes())])
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d posts", n)
}

func FuzzPage(f *testing.F) {
	body, err := os.ReadFile("testdata/specimen.md")
	if err != nil {
		f.Fatal(err)
	}
	for _, part := range strings.Split(string(body), "\n\n") {
		f.Add(part, uint8(0), uint8(0))
		f.Add(part, uint8(56), uint8(1))
	}
	f.Add(string(body), uint8(30), uint8(2))
	for _, b := range bombs {
		if len(b.body) < 4<<10 {
			f.Add(b.body, uint8(0), uint8(3))
		}
	}
	f.Fuzz(func(t *testing.T, body string, width, th uint8) {
		holdLaws(t, post(body), MinMeasure+int(width)%181, themes()[int(th)%len(themes())])
	})
}
