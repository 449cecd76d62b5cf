package files

import (
	"path"
	"slices"
	"strings"
	"time"

	"postern/sshapp/admission/work"
	"postern/sshapp/page/document"
)

// mediaExtensions are the extensions of files that are published if a published post links to them: pictures, films, sounds and
// documents. A link may lead to any file of a site's directory, such as a template, so other files stay private.
var mediaExtensions = map[string]bool{
	"png": true, "apng": true, "jpg": true, "jpeg": true, "jfif": true, "gif": true, "svg": true, "webp": true, "avif": true,
	"heic": true, "jxl": true, "bmp": true, "ico": true, "tif": true, "tiff": true,
	"mp4": true, "m4v": true, "webm": true, "mov": true, "ogv": true,
	"mp3": true, "m4a": true, "ogg": true, "oga": true, "opus": true, "wav": true, "flac": true, "pdf": true,
}

// The fewest and the most characters that an extension in mediaExtensions has.
const minExtension, maxExtension = 3, 4

// isPicture reports whether a link may publish a file of this name. Of control characters, links can have only these two.
func isPicture(name string) bool {
	return mediaExtensions[strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))] && !strings.ContainsAny(name, "\t\n")
}

// A picture is a file that posts link to.
type picture struct {
	name    string    // as [content.Target.File] has it
	modTime time.Time // the date of the oldest post that links to it
}

// shownPictures returns the files that posts link to, sorted by name; none if the client is gone.
func (t *Tree) shownPictures() []picture {
	all, _ := t.pictures.Get(t.turn, work.List, 0, t.findPictures)
	return all
}

// findPictures finds the files that posts link to. It takes a millisecond to find the links of a post, so that is done only
// for posts that may have one; without any, 10,000 posts take 0.2 s in all.
func (t *Tree) findPictures() []picture {
	oldest := map[string]time.Time{}
	for _, p := range t.listed {
		if !t.turn.Step() {
			return nil
		}
		if !mayNamePicture(p.Body) {
			continue
		}
		var targets []string
		t.turn.Do(work.List, document.WorkBytes(p), func() { targets = document.Targets(p, t.turn.Check) })
		for _, target := range targets {
			name := t.edition.Resolve(p, target).File
			if name == "" || !isPicture(name) {
				continue
			}
			if date, known := oldest[name]; !known || p.Time.Before(date) {
				oldest[name] = p.Time
			}
		}
	}
	all := make([]picture, 0, len(oldest))
	for name, date := range oldest {
		all = append(all, picture{name, date})
	}
	slices.SortFunc(all, func(a, b picture) int { return strings.Compare(a.name, b.name) })
	return all
}

// mayNamePicture reports whether a text has the extension of a picture anywhere.
func mayNamePicture(text string) bool {
	for {
		dot := strings.IndexByte(text, '.')
		if dot < 0 {
			return false
		}
		text = text[dot+1:]
		n := 0
		for n < min(len(text), maxExtension+1) && (text[n] >= '0' && text[n] <= '9' || text[n]|0x20 >= 'a' && text[n]|0x20 <= 'z') {
			n++
		}
		if n >= minExtension && n <= maxExtension && mediaExtensions[strings.ToLower(text[:n])] {
			return true
		}
	}
}
