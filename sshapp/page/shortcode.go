package page

import (
	"bytes"
	"iter"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// untemplate returns a source of the same length and lines in which a tag that stands for a link's target, where
// Markdown would see no link for its blanks, is replaced by that target: "]({{ site.baseurl }}/x.png)" by
// "](                   /x.png)", and "]({% post_url 2020-01-02-x %})" by its name. Code is left alone.
func untemplate(source []byte) []byte {
	if !bytes.Contains(source, []byte("{{")) && !bytes.Contains(source, []byte("{%")) {
		return source
	}
	out := bytes.Clone(source)
	var fence []byte
	for at := 0; at < len(out); {
		end := at + bytes.IndexByte(out[at:], '\n') + 1
		if end <= at {
			end = len(out)
		}
		line := out[at:end]
		at = end
		mark := fenceMark.Find(line)
		switch {
		case fence == nil && mark != nil:
			fence = bytes.TrimSpace(mark)
		case fence != nil && mark != nil && bytes.HasPrefix(bytes.TrimSpace(mark), fence):
			fence = nil
		case fence == nil:
			fillTargets(line)
		}
	}
	return out
}

var (
	fenceMark  = regexp.MustCompile("^[ >]*(?:```+|~~~+)")
	targetTag  = regexp.MustCompile(`(\]\(<?|(?:src|href)=["'])\s*(\{\{[<%]?-?\s*[^{}\n]*?[>%]?\}\}|\{%-?\s*[^{}\n]*?%\})`)
	targetName = regexp.MustCompile(`^\{[{%][<%]?-?\s*(?:(?:rel)?ref|post_url|link|asset_path|asset_img|post_path|post_link)\s+["']?([^\s"'{}]+)["']?|^\{\{-?\s*["']([^\s"'{}]+)["']\s*\|`)
)

// fillTargets replaces the tags that begin a target on a line by the target they stand for, or by blanks.
func fillTargets(line []byte) {
	for _, m := range targetTag.FindAllSubmatchIndex(line, -1) {
		if bytes.Count(line[:m[0]], []byte("`"))%2 == 1 {
			continue
		}
		tag := line[m[4]:m[5]]
		name := [2]int{}
		if t := targetName.FindSubmatchIndex(tag); t != nil {
			name = [2]int{max(t[2], t[4]), max(t[3], t[5])}
		}
		for i := range tag {
			if i < name[0] || i >= name[1] {
				tag[i] = ' '
			}
		}
	}
}

// tag walks a shortcode or a template's tag. Those that are known become what they mean; of others the text stays that
// they wrap, and one that wraps none is shown as it is written.
func (w *walker) tag(t *tag) {
	name := strings.ToLower(t.name)
	args := readArgs(t.args)
	switch {
	case name == "" || silent[name]:
	case alertOf[name] != "" || name == "admonition" || name == "callout":
		w.alertTag(t, args)
	case t.closes:
		if name == "blockquote" || name == "quote" || name == "details" {
			w.b.end(tagElements[name], false)
		}
		w.tags.closes(t.name)
	case tagElements[name] != "":
		if w.tags.opens(t.name) {
			w.b.begin(tagElements[name], attrs{}, false)
			if s := args.first("summary", "title", "0"); s != "" && tagElements[name] == "details" {
				w.b.begin("summary", attrs{}, true)
				w.b.text(s)
				w.b.end("summary", true)
			}
		}
	case pictureTags[name] && args.picture(name) != "":
		w.b.flush()
		w.b.picture("image", attrs{
			src: args.picture(name), alt: args.first("alt", "1"), title: args.first("caption", "title", "2"),
		})
		w.b.flush()
	case videoTags[name] != "" && args.first("id", "0") != "":
		w.b.flush()
		w.b.picture("video", attrs{src: videoTags[name] + args.first("id", "0"), alt: args.first("title")})
		w.b.flush()
	case w.tags.opens(t.name):
		w.unknown(t)
	default:
		w.b.placeholder(t.raw)
		w.unknown(t)
	}
}

const unknownTag = " is unknown"

func (w *walker) unknown(t *tag) {
	w.b.problem("the tag "+shorten(strings.Join(strings.Fields(t.raw), " "), 60)+unknownTag,
		"write Markdown instead: readers see what it wraps, or else the tag as it is written")
	w.b.problems[len(w.b.problems)-1].tag = t.name
}

// knownTags are the names of all tags that mean something, in order.
func knownTags() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, names := range []iter.Seq[string]{maps.Keys(tagElements), maps.Keys(pictureTags), maps.Keys(videoTags), maps.Keys(alertOf), maps.Keys(tagCodeEnds)} {
			for _, name := range slices.Sorted(names) {
				if !yield(name) {
					return
				}
			}
		}
	}
}

// alertTag walks {{< note >}} and its like, which are only alerts if they are closed.
func (w *walker) alertTag(t *tag, args arguments) {
	if t.closes {
		if w.tags.closes(t.name) {
			w.b.end("ALERT", false)
		}
		return
	}
	if !w.tags.opens(t.name) {
		w.b.placeholder(t.raw)
		w.unknown(t)
		return
	}
	name := strings.ToLower(t.name)
	if alertOf[name] == "" || name == "alert" || name == "message" {
		name = strings.ToLower(args.first("type", "class", "0"))
	}
	w.b.begin("ALERT", attrs{name: name}, false)
	if title := args.first("title"); title != "" && w.b.begin("summary", attrs{}, true) {
		w.b.text(title)
		w.b.end("summary", true)
	}
}

var (
	// silent are the tags that stand for nothing on a page.
	silent = map[string]bool{
		"raw": true, "more": true, "truncate": true, "toc": true, "site.baseurl": true, "site.url": true, "baseurl": true,
		"comment": true, "linebreak": true,
	}
	tagElements = map[string]string{
		"quote": "blockquote", "blockquote": "blockquote", "details": "details", "spoiler": "details", "expand": "details",
		"center": "center", "kbd": "kbd", "mark": "mark", "sup": "sup", "sub": "sub", "small": "small",
	}
	pictureTags = map[string]bool{
		"figure": true, "img": true, "image": true, "include": true, "asset_img": true, "picture": true, "photo": true,
	}
	videoTags = map[string]string{"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}
)

// arguments are those of a tag: by name, or by number from "0".
type arguments map[string]string

var argument = regexp.MustCompile(`(?:([\w-]+)\s*=\s*)?(?:"([^"]*)"|'([^']*)'|([^\s"',()=]+))`)

func readArgs(s string) arguments {
	const most = 40
	args := arguments{}
	n := 0
	for _, m := range argument.FindAllStringSubmatch(s, most) {
		key := m[1]
		if key == "" {
			key = string(rune('0' + n%10))
			n++
		}
		args[key] = unescape(m[2] + m[3] + m[4])
	}
	return args
}

// picture returns the address of the picture that a tag shows.
func (a arguments) picture(tag string) string {
	if src := a.first("src", "url", "image_path", "path", "image"); src != "" || tag == "include" {
		return src
	}
	return a.first("0")
}

// first returns the first of these that the tag has.
func (a arguments) first(keys ...string) string {
	for _, k := range keys {
		if v := a[k]; v != "" && !strings.Contains(v, "{{") {
			return v
		}
	}
	return ""
}
