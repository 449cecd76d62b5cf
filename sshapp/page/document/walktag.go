package document

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"postern/sshapp/page/markdown"
)

// tag walks a shortcode or a template's tag. One that is known becomes what it means. Of another one the text is shown that it wraps,
// or else the tag as it is written.
func (w *walker) tag(t *markdown.Tag) {
	name := strings.ToLower(t.Name)
	args := markdown.ReadArguments(t.Args)
	switch {
	case name != "" && !w.literal && w.included(t, name, args):
	case name != "" && w.template(t, name):
	case name == "" || ignoredTags[name]:
	case isAlertName(name) || name == "admonition" || name == "callout":
		w.alertTag(t, args)
	case t.Closes:
		if name == "blockquote" || name == "quote" || name == "details" {
			w.b.end(tagElements[name], false)
		}
		w.generatorTags.closes(t.Name)
	case tagElements[name] != "":
		if w.generatorTags.opens(t.Name) {
			w.b.begin(tagElements[name], attrs{}, false)
			if s := args.First("summary", "title", "0"); s != "" && tagElements[name] == "details" {
				w.b.begin("summary", attrs{}, true)
				w.b.text(s)
				w.b.end("summary", true)
			}
		}
	case pictureTags[name] && pictureSource(name, args) != "":
		w.b.flush()
		w.b.picture("image", attrs{
			src: pictureSource(name, args), alt: textOf(args.First("alt", "1")), title: textOf(args.First("caption", "title", "2")),
		})
		w.b.flush()
	case videoTags[name] != "" && args.First("id", "0") != "":
		w.b.flush()
		w.b.picture("video", attrs{src: videoTags[name] + args.First("id", "0"), alt: args.First("title")})
		w.b.flush()
	case w.generatorTags.opens(t.Name):
		w.unknown(t)
	default:
		w.b.placeholder(t.Raw)
		w.unknown(t)
	}
}

func (w *walker) unknown(t *markdown.Tag) {
	w.b.UnknownTags = append(w.b.UnknownTags, UnknownTag{w.b.at, t.Name, t.Raw})
}

// KnownTags are the names of all tags that mean something, in order.
func KnownTags() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, names := range []iter.Seq[string]{maps.Keys(tagElements), maps.Keys(pictureTags), maps.Keys(videoTags), maps.Keys(alertNames), markdown.RawBlockTags()} {
			for _, name := range slices.Sorted(names) {
				if !yield(name) {
					return
				}
			}
		}
	}
}

// alertTag walks {{< note >}} and its like, which are only alerts if they are closed.
func (w *walker) alertTag(t *markdown.Tag, args markdown.Arguments) {
	if t.Closes {
		if w.generatorTags.closes(t.Name) {
			w.b.end("ALERT", false)
		}
		return
	}
	if !w.generatorTags.opens(t.Name) {
		w.b.placeholder(t.Raw)
		w.unknown(t)
		return
	}
	name := strings.ToLower(t.Name)
	if !isAlertName(name) || name == "alert" || name == "message" {
		name = strings.ToLower(args.First("type", "class", "0"))
	}
	w.b.begin("ALERT", attrs{alert: name}, false)
	if title := args.First("title"); title != "" && w.b.begin("summary", attrs{}, true) {
		w.b.text(title)
		w.b.end("summary", true)
	}
}

var (
	// ignoredTags are the tags that stand for nothing on a page.
	ignoredTags = map[string]bool{
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

// textOf returns an argument that is a text, and nothing for one that is a size.
func textOf(argument string) string {
	if strings.Trim(argument, "0123456789.%xp") == "" {
		return ""
	}
	return argument
}

// pictureSource returns the address of the picture that a tag shows.
func pictureSource(tag string, a markdown.Arguments) string {
	if src := a.First("src", "url", "image_path", "path", "image"); src != "" || tag == "include" {
		return src
	}
	return a.First("0")
}
