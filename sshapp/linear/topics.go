package linear

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"postern/content"
	"postern/content/problem"
	"postern/sshapp/blog"
)

// topics is the list of tags, of series or of languages, each with a number.
type topics struct {
	numbered
	title string
	of    func(*content.Edition) []content.Topic
	open  func(t *Talk, name string) []string
}

func (o *topics) name(env) string  { return o.title }
func (o *topics) prompt() string   { return o.remaining(o.title) }
func (o *topics) where(env) string { return o.rangeOf(o.title, 1) }
func (o *topics) atEnd(env) string {
	return "That was all. Type a number to choose, or top to hear them again."
}
func (o *topics) transient() bool { return false }

func (o *topics) speech(e env) speech {
	all := o.of(e.Edition)
	row := func(i int) []string {
		if i == 0 {
			return wrap(fmt.Sprintf("%s: %d.", o.title, len(all)), e.width)
		}
		t := all[i-1]
		return wrap(fmt.Sprintf("%d. %s, %s", i, cmp.Or(t.Name, "the blog's own"), problem.Count(len(t.Posts), "post")), e.width)
	}
	return speech{1 + len(all), row, func(i int) string { return all[i].Name }}
}

func (o *topics) choose(t *Talk, n int) []string {
	e := t.env()
	i, ok := o.index(o.speech(e), n)
	if !ok {
		return t.say("Nothing has number %d here.", n)
	}
	return o.open(t, o.of(e.Edition)[i].Name)
}

func (t *Talk) tags() []string {
	return t.topics("Tags", (*content.Edition).Tags, "No post here has a tag.", (*Talk).tag)
}

func (t *Talk) series() []string {
	return t.topics("Series", (*content.Edition).Series, "No post here is part of a series.", (*Talk).seriesParts)
}

func (t *Talk) languages() []string {
	if len(t.env().Edition.Languages()) < 2 {
		return t.say("This blog is in one language.")
	}
	return t.topics("Languages", (*content.Edition).Languages, "", (*Talk).setLanguage)
}

// topics opens a list of topics, or says none if it is empty.
func (t *Talk) topics(title string, of func(*content.Edition) []content.Topic, none string, open func(*Talk, string) []string) []string {
	if len(of(t.env().Edition)) == 0 {
		return t.say("%s", none)
	}
	return t.visit(&topics{title: title, of: of, open: open})
}

// tag lists the posts with a tag.
func (t *Talk) tag(name string) []string {
	if len(t.env().Edition.Tagged(name)) == 0 {
		return t.say("No post has the tag %s. Type tags to hear which there are.", shorten(name))
	}
	return t.visit(&list{
		title: "Tag " + name, order: "newest first", ifEmpty: "No post has this tag any more.",
		posts: func(b blog.Listing) ([]*content.Post, []content.Hit) { return b.Edition.Tagged(name), nil },
	})
}

// seriesParts lists the posts of a series.
func (t *Talk) seriesParts(name string) []string {
	if len(t.env().Parts(name)) == 0 {
		return t.say("There is no series %s. Type series to hear which there are.", shorten(name))
	}
	return t.visit(&list{
		title: "Series " + name, order: "first part first", ifEmpty: "No post is part of this series any more.",
		posts: func(b blog.Listing) ([]*content.Post, []content.Hit) {
			posts := slices.Clone(b.Parts(name))
			slices.Reverse(posts)
			return posts, nil
		},
	})
}

// setLanguage makes lists prefer a language from now on.
func (t *Talk) setLanguage(lang string) []string {
	i := slices.IndexFunc(t.env().Edition.Languages(), func(l content.Topic) bool { return strings.EqualFold(l.Name, lang) })
	if i < 0 {
		return t.say("No post is in %s. Type languages to hear which there are.", shorten(lang))
	}
	t.lang = t.env().Edition.Languages()[i].Name
	return t.visit(newest())
}
