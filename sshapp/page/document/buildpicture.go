package document

import (
	"path"
	"slices"
	"strings"

	"postern/content/sanitize"
	"postern/sshapp/cell"
	"postern/sshapp/phrase"
)

// An inlinePicture is the place in the text of a leaf where a picture's alternative text stands.
type inlinePicture struct {
	begin, end int
	figure     *Block // that it becomes if the leaf holds nothing else
	title      string
}

// picture adds a picture, or other media, to the leaf, as its alternative text or else the name of its file. A paragraph that turns out
// to hold nothing else becomes figures.
func (b *builder) picture(media string, a attrs) {
	if b.dropping() {
		return
	}
	src := strings.TrimSpace(sanitize.Text(a.src))
	f := &Block{Kind: Figure, Media: media, At: b.at, Link: b.link}
	kind, _ := Classify(src)
	if b.link == 0 && src != "" && kind != LinkUnsafe {
		if n := b.newLink(src, 0); n != 0 {
			b.Links[n-1].Kind = LinkImage
			b.Links[n-1].Text = strings.TrimSpace(sanitize.Text(a.alt))
			f.Link = n
		}
	}
	leaf := b.textLeaf()
	begin := len(leaf.Text)
	roles := b.roles
	b.roles |= AltText
	link := b.link
	b.link = f.Link
	b.text(a.alt)
	file := fileName(src)
	if media != "image" {
		file = b.words.Say(mediaNames[media]) + " · " + placeName(src)
	}
	if len(leaf.Text) == begin {
		b.roles |= Generated | Quiet
		b.text("[" + file + "]")
	}
	b.roles, b.link = roles, link
	f.Text = []byte(OneLine(sanitize.Text(a.alt)))
	f.Runs = []Run{{End: len(f.Text), Roles: AltText, Link: f.Link}}
	f.File = file
	b.inline = append(b.inline, inlinePicture{begin, len(leaf.Text), f, a.title})
	b.Pictures = append(b.Pictures, Picture{b.at, src, kind, f, len(f.Text) == 0 && !a.decorative && a.title == ""})
}

// mediaNames are what to call what is embedded and no image, by its element.
var mediaNames = map[string]string{"video": "video", "audio": "audio", "iframe": "embedded page", "embed": "embedded page", "object": "embedded page"}

// IsMediaName reports whether a text is what to call such media in a language.
func IsMediaName(text string, words *phrase.Language) bool {
	for _, name := range mediaNames {
		if text == words.Say(name) {
			return true
		}
	}
	return false
}

// placeName returns what to call the place of a film or a sound: its address without the scheme and "www.", cut if it is long.
func placeName(src string) string {
	_, rest, ok := strings.Cut(src, "//")
	if !ok {
		rest = src
	}
	return cell.Shorten(strings.TrimPrefix(rest, "www."), 60)
}

// fileName returns what to call the picture at an address: the name of its file, cut if it is long.
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

// makeFigures makes figures of the pictures in a paragraph if there is nothing else in it than, behind them, small or
// emphasized text: their caption.
func (b *builder) makeFigures(leaf *Block, pictures []inlinePicture) {
	if !b.onlyPictures(leaf, pictures) {
		return
	}
	in := b.container()
	in.Children = in.Children[:len(in.Children)-1]
	last := pictures[len(pictures)-1]
	for _, p := range pictures {
		in.Children = append(in.Children, p.figure)
		if title := OneLine(sanitize.Text(p.title)); title != "" {
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
// set twice, and one that only names the file, and links to nothing, is the alternative text that the figure hasn't.
func (b *Block) caption(c *Block) {
	if len(c.Text) == 0 {
		return
	}
	f, text := b.Children[len(b.Children)-1], c.Plain()
	same := f.Kind == Figure && string(f.Text) == text
	linked := slices.ContainsFunc(c.Runs, func(r Run) bool { return r.Link != 0 })
	switch {
	case f.Kind == Figure && f.IsNamed(text) && (same || len(f.Text) == 0) && !linked:
		f.Text, f.Runs = c.Text, c.Runs
		return
	case same:
		f.Captioned = true
	}
	b.Children = append(b.Children, c)
}

// IsNamed reports whether a text is the name of a figure's file, with its extension or without, but for case and punctuation.
func (b *Block) IsNamed(text string) bool {
	name := Letters(text)
	return name != "" && (name == Letters(b.File) || name == Letters(strings.TrimSuffix(b.File, path.Ext(b.File))))
}

// onlyPictures reports whether a leaf holds pictures, and behind them no text that isn't small or emphasized.
func (b *builder) onlyPictures(leaf *Block, pictures []inlinePicture) bool {
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
