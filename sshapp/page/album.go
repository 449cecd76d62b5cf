package page

import (
	"crypto/sha256"
	"fmt"
	"path"
	"slices"
	"strings"

	"postern/content"
	"postern/sshapp/page/document"
	"postern/sshapp/picture"
)

// A Picture is the room on a page in which a picture is drawn: see [Cache.Drawn].
type Picture struct {
	First, Rows   int    // its lines on the page
	Left, Columns int    // its cells on them
	File          string // as [content.Target] has it

	alone bool     // on the screen
	sum   [16]byte // of its file's name and stamp
	info  picture.Info
	stamp stamp
}

// PictureAbove returns the picture that a link stands directly below: it leads to the picture, or to where the picture leads.
func (p *Page) PictureAbove(l Link) (x Picture, ok bool) {
	i := slices.IndexFunc(p.Pictures, func(x Picture) bool { return x.First+x.Rows == l.Line })
	if i < 0 {
		return Picture{}, false
	}
	return p.Pictures[i], true
}

// An album finds the pictures of a post in the blog's directory. What is elsewhere is never shown: nothing is fetched.
type album struct {
	post      *content.Post
	edition   *content.Edition
	isDamaged func(sum [16]byte) bool // of a picture's file; nil for none
	box       picture.Box
	sources   map[*document.Block]string // what the post says of where its pictures are
	looked    []location
}

// A location is where a post says that a picture is, and what was found there.
type location struct {
	target string
	file   string // as [content.Target] has it; empty for none of a kind that is shown
	stamp  stamp  // of the file; zero if it can't be opened
	info   picture.Info
	shown  bool // its header is good
}

// maxPictures is how many pictures of a page are shown: each takes a file to be opened.
const maxPictures = 500

// newAlbum returns the album of a post; nil if there is no room for pictures.
func newAlbum(doc *document.Document, post *content.Post, box picture.Box, e *content.Edition, isDamaged func(sum [16]byte) bool) *album {
	if box == (picture.Box{}) || e == nil {
		return nil
	}
	a := &album{post: post, edition: e, isDamaged: isDamaged, box: box, sources: map[*document.Block]string{}}
	for _, p := range doc.Pictures {
		if p.Kind == document.LinkPost && p.Figure.Media == "image" {
			a.sources[p.Figure] = p.Source
		}
	}
	return a
}

// find returns the file of a figure. It is not ok if that can't be shown.
func (a *album) find(figure *document.Block) (s location, ok bool) {
	if a == nil || len(a.looked) == maxPictures {
		return location{}, false
	}
	target, ok := a.sources[figure]
	if !ok {
		return location{}, false
	}
	s = look(a.edition, a.post, target)
	s.shown = s.shown && (a.isDamaged == nil || !a.isDamaged(s.sum()))
	a.looked = append(a.looked, s)
	return s, s.shown
}

// look finds a picture that a post names, and reads its header.
func look(e *content.Edition, post *content.Post, target string) location {
	s := location{target: target, file: locate(e, post, target)}
	if s.file == "" {
		return s
	}
	f, err := e.Open(s.file)
	if err != nil {
		return s
	}
	defer f.Close()
	if st, err := f.Stat(); err == nil {
		s.stamp = newStamp(st)
		s.info, err = picture.Inspect(f, st.Size())
		s.shown = err == nil
	}
	return s
}

// locate returns the file that a post names, if it is of a kind that is shown.
func locate(e *content.Edition, post *content.Post, target string) string {
	name := e.Resolve(post, target).File
	if !IsPicture(name) {
		return ""
	}
	return name
}

// IsPicture reports whether a file's name is that of a picture of a format that is shown.
func IsPicture(name string) bool {
	return slices.Contains([]string{".png", ".jpg", ".jpeg", ".jfif", ".gif", ".webp"}, strings.ToLower(path.Ext(name)))
}

// isCurrent reports whether a location is what is found now. Of the file only its stamp is looked at.
func (s location) isCurrent(e *content.Edition, post *content.Post) bool {
	if locate(e, post, s.target) != s.file {
		return false
	}
	var now stamp
	if st, err := e.Stat(s.file); err == nil {
		now = newStamp(st)
	}
	return now == s.stamp
}

// sum returns what tells the file in its version apart from all others.
func (s location) sum() [16]byte {
	all := sha256.Sum256(fmt.Append(nil, s.file, "\x00", s.stamp))
	return [16]byte(all[:16])
}
