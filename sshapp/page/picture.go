package page

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
	figure     *block
	title      string
}

// A pictured is a picture of a post, or a film or sound, wherever it stands.
type pictured struct {
	at     int // in the source
	src    string
	kind   LinkKind // where src leads; not LinkImage
	figure *block   // what it becomes if it stands alone
	mute   bool     // nothing says what it shows, and its author didn't say that nothing has to
}

// picture adds a picture: to the leaf if there is one, or as a figure of its own.
func (b *builder) picture(what string, a attrs) {
	if b.dropping() {
		return
	}
	src := strings.TrimSpace(sanitize.Text(a.src))
	f := &block{kind: figure, media: what, at: b.at, link: b.link}
	kind, _ := linkTarget(src)
	if b.link == 0 && src != "" && kind != linkUnsafe {
		if n := b.newLink(src, 0); n != 0 {
			b.links[n-1].kind = LinkImage
			b.links[n-1].text = strings.TrimSpace(sanitize.Text(a.alt))
			f.link = n
		}
	}
	leaf := b.want()
	begin := len(leaf.text)
	roles := b.roles
	b.roles |= picture
	link := b.link
	b.link = f.link
	b.text(a.alt)
	file := fileName(src)
	if what != "image" {
		file = what + " · " + placeName(src)
	}
	if len(leaf.text) == begin {
		b.roles |= ours | quiet
		b.text("[" + file + "]")
	}
	b.roles, b.link = roles, link
	f.text = []byte(strings.Join(strings.Fields(sanitize.Text(a.alt)), " "))
	f.runs = []textRun{{len(f.text), picture, f.link}}
	f.file = file
	b.hanging = append(b.hanging, pictureAt{begin, len(leaf.text), f, a.title})
	b.pictures = append(b.pictures, pictured{b.at, src, kind, f, len(f.text) == 0 && !a.decorative && a.title == ""})
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
func (b *builder) hang(leaf *block, pictures []pictureAt) {
	if !b.onlyPictures(leaf, pictures) {
		return
	}
	in := b.container()
	in.inner = in.inner[:len(in.inner)-1]
	last := pictures[len(pictures)-1]
	for _, p := range pictures {
		in.inner = append(in.inner, p.figure)
		if title := strings.Join(strings.Fields(sanitize.Text(p.title)), " "); title != "" {
			c := &block{kind: captionBlock, at: leaf.at}
			c.add(title, 0, 0)
			in.caption(c)
		}
	}
	c := &block{kind: captionBlock, at: leaf.at}
	leaf.each(string(leaf.text), last.end, len(leaf.text), func(text string, r textRun) {
		if len(c.text) == 0 {
			text = strings.TrimLeft(text, " \n")
		}
		c.add(text, r.roles, r.link)
	})
	in.caption(c)
}

// caption adds a caption to the figure that stands last. One that says what the figure's alternative text says is not
// set twice.
func (b *block) caption(c *block) {
	if len(c.text) == 0 {
		return
	}
	if f := b.inner[len(b.inner)-1]; f.kind == figure && string(f.text) == c.plain() {
		f.captioned = true
	}
	b.inner = append(b.inner, c)
}

func (b *builder) onlyPictures(leaf *block, pictures []pictureAt) bool {
	at := 0
	for _, p := range pictures {
		if p.begin < at || p.end > len(leaf.text) || strings.TrimSpace(string(leaf.text[at:p.begin])) != "" {
			return false
		}
		at = p.end
	}
	only := true
	leaf.each(string(leaf.text), at, len(leaf.text), func(text string, r textRun) {
		only = only && (r.roles&(small|emphasis) != 0 || strings.TrimSpace(text) == "")
	})
	return only
}
