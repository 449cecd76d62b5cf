package document

import (
	"path"
	"strings"

	"postern/content/sanitize"
	"postern/sshapp/cell"
)

// Pictures are text first: what stands for one is its alternative text, within its line. A paragraph that turns out to
// hold nothing else becomes figures.

// A pictureAt is a picture among the text of a leaf.
type pictureAt struct {
	begin, end int
	figure     *Block
	title      string
}

// A Picture is a picture of a post, or a film or sound, wherever it stands.
type Picture struct {
	At          int // in the source
	Source      string
	Kind        LinkKind // where src leads; not LinkImage
	Figure      *Block   // what it becomes if it stands alone
	Undescribed bool     // nothing says what it shows, and its author didn't say that nothing has to
}

// picture adds a picture: to the leaf if there is one, or as a figure of its own.
func (b *builder) picture(what string, a attrs) {
	if b.dropping() {
		return
	}
	src := strings.TrimSpace(sanitize.Text(a.src))
	f := &Block{Kind: Figure, Media: what, At: b.at, Link: b.link}
	kind, _ := Classify(src)
	if b.link == 0 && src != "" && kind != LinkUnsafe {
		if n := b.newLink(src, 0); n != 0 {
			b.Links[n-1].Kind = LinkImage
			b.Links[n-1].Text = strings.TrimSpace(sanitize.Text(a.alt))
			f.Link = n
		}
	}
	leaf := b.want()
	begin := len(leaf.Text)
	roles := b.roles
	b.roles |= AltText
	link := b.link
	b.link = f.Link
	b.text(a.alt)
	file := fileName(src)
	if what != "image" {
		file = what + " · " + placeName(src)
	}
	if len(leaf.Text) == begin {
		b.roles |= Generated | Quiet
		b.text("[" + file + "]")
	}
	b.roles, b.link = roles, link
	f.Text = []byte(strings.Join(strings.Fields(sanitize.Text(a.alt)), " "))
	f.Runs = []Run{{len(f.Text), AltText, f.Link}}
	f.File = file
	b.hanging = append(b.hanging, pictureAt{begin, len(leaf.Text), f, a.title})
	b.Pictures = append(b.Pictures, Picture{b.at, src, kind, f, len(f.Text) == 0 && !a.decorative && a.title == ""})
}

// placeName returns what to call the place of a film or a sound: its address without what goes without saying.
func placeName(src string) string {
	_, rest, ok := strings.Cut(src, "//")
	if !ok {
		rest = src
	}
	return cell.Shorten(strings.TrimPrefix(rest, "www."), 60)
}

// fileName returns what to call the picture at an address.
func fileName(src string) string {
	if strings.HasPrefix(src, "data:") {
		return "data"
	}
	src, _, _ = strings.Cut(src, "?")
	if name := path.Base(src); name != "." && name != "/" {
		return cell.Shorten(name, 60)
	}
	return cell.Shorten(src, 60)
}

// hang makes figures of the pictures in a paragraph if there is nothing else in it than, behind them, small or
// emphasized text: their caption.
func (b *builder) hang(leaf *Block, pictures []pictureAt) {
	if !b.onlyPictures(leaf, pictures) {
		return
	}
	in := b.container()
	in.Children = in.Children[:len(in.Children)-1]
	last := pictures[len(pictures)-1]
	for _, p := range pictures {
		in.Children = append(in.Children, p.figure)
		if title := strings.Join(strings.Fields(sanitize.Text(p.title)), " "); title != "" {
			c := &Block{Kind: Caption, At: leaf.At}
			c.Add(title, 0, 0)
			in.caption(c)
		}
	}
	c := &Block{Kind: Caption, At: leaf.At}
	leaf.EachRun(string(leaf.Text), last.end, len(leaf.Text), func(text string, r Run) {
		if len(c.Text) == 0 {
			text = strings.TrimLeft(text, " \n")
		}
		c.Add(text, r.Roles, r.Link)
	})
	in.caption(c)
}

// caption adds a caption to the figure that stands last. One that says what the figure's alternative text says is not
// set twice.
func (b *Block) caption(c *Block) {
	if len(c.Text) == 0 {
		return
	}
	if f := b.Children[len(b.Children)-1]; f.Kind == Figure && string(f.Text) == c.Plain() {
		f.Captioned = true
	}
	b.Children = append(b.Children, c)
}

func (b *builder) onlyPictures(leaf *Block, pictures []pictureAt) bool {
	at := 0
	for _, p := range pictures {
		if p.begin < at || p.end > len(leaf.Text) || strings.TrimSpace(string(leaf.Text[at:p.begin])) != "" {
			return false
		}
		at = p.end
	}
	only := true
	leaf.EachRun(string(leaf.Text), at, len(leaf.Text), func(text string, r Run) {
		only = only && (r.Roles&(Small|Emphasis) != 0 || strings.TrimSpace(text) == "")
	})
	return only
}
