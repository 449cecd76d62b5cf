package files

import (
	"path"
	"slices"
	"strings"
	"time"

	"postern/content"
	"postern/sshapp/page/document"
)

// Pictures are published by the posts that point to them, and by nothing else: a draft's stay private. Since a link may
// lead to anything in a site's directory, such as a template, only what its name calls a picture, a film, a sound or a
// document is one.
var kinds = map[string]bool{
	"png": true, "apng": true, "jpg": true, "jpeg": true, "jfif": true, "gif": true, "svg": true, "webp": true, "avif": true,
	"heic": true, "jxl": true, "bmp": true, "ico": true, "tif": true, "tiff": true,
	"mp4": true, "m4v": true, "webm": true, "mov": true, "ogv": true,
	"mp3": true, "m4a": true, "ogg": true, "oga": true, "opus": true, "wav": true, "flac": true, "pdf": true,
}

// shortest and longest are the fewest and the most letters that one of kinds has.
const shortest, longest = 3, 4

// isPicture reports whether a name is a picture's. Links lead to no control characters but these.
func isPicture(name string) bool {
	return kinds[strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))] && !strings.ContainsAny(name, "\t\n")
}

// A picture is a file that posts point to.
type picture struct {
	name string    // as [content.Target.File] has it
	at   time.Time // of the oldest post that does
}

// pictures returns what posts point to, sorted by name. Reading the links of a post takes a millisecond, so it is only done
// for those whose text names something that could be a picture: for 10,000 posts without any that takes 0.2 s in all.
func pictures(now *content.Edition, posts []*content.Post) []picture {
	oldest := map[string]time.Time{}
	for _, p := range posts {
		if !mayShow(p.Body) {
			continue
		}
		for _, target := range document.Targets(p) {
			name := now.Resolve(p, target).File
			if name == "" || !isPicture(name) {
				continue
			}
			if at, known := oldest[name]; !known || p.Time.Before(at) {
				oldest[name] = p.Time
			}
		}
	}
	all := make([]picture, 0, len(oldest))
	for name, at := range oldest {
		all = append(all, picture{name, at})
	}
	slices.SortFunc(all, func(a, b picture) int { return strings.Compare(a.name, b.name) })
	return all
}

// mayShow reports whether a text holds what a picture's name ends in.
func mayShow(text string) bool {
	for {
		dot := strings.IndexByte(text, '.')
		if dot < 0 {
			return false
		}
		text = text[dot+1:]
		n := 0
		for n < min(len(text), longest+1) && (text[n] >= '0' && text[n] <= '9' || text[n]|0x20 >= 'a' && text[n]|0x20 <= 'z') {
			n++
		}
		if n >= shortest && n <= longest && kinds[strings.ToLower(text[:n])] {
			return true
		}
	}
}
