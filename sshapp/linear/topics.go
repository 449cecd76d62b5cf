package linear

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"postern/content"
	"postern/sshapp/blog"
)

// topics is the view of the tags, the series or the languages, each with a number.
type topics struct {
	numberedSpan
	title string
	all   func(*content.Edition) []content.Topic
	open  func(s *Session, name string) []string
}

func (o *topics) name(env) string       { return o.title }
func (o *topics) prompt(e env) string   { return o.remaining(e, o.title) }
func (o *topics) position(e env) string { return o.rangeOf(e, o.title, 1) }
func (o *topics) atEnd(e env) string {
	return e.Words().Say("That was all. Type a number to choose, or top to hear them again.")
}
func (o *topics) transient() bool { return false }

func (o *topics) parts(e env) parts {
	all := o.all(e.Edition)
	row := func(i int) []string {
		if i == 0 {
			return wrap(fmt.Sprintf("%s: %d.", o.title, len(all)), e.width)
		}
		t := all[i-1]
		return wrap(fmt.Sprintf("%d. %s, %s", i, cmp.Or(t.Name, e.Words().Say("the blog's own language")), e.Words().Count(len(t.Posts), "%d post", "%d posts")), e.width)
	}
	return parts{1 + len(all), row, func(i int) string { return all[i].Name }}
}

func (o *topics) choose(s *Session, n int) []string {
	e := s.env()
	i, ok := o.index(o.parts(e), n)
	if !ok {
		return s.message("Nothing has number %d here.", n)
	}
	return o.open(s, o.all(e.Edition)[i].Name)
}

func (s *Session) tags() []string {
	return s.topics(s.say("Tags"), (*content.Edition).Tags, s.say("No post here has a tag."), (*Session).tag)
}

func (s *Session) series() []string {
	return s.topics(s.say("Series"), (*content.Edition).Series, s.say("No post here is part of a series."), (*Session).seriesParts)
}

func (s *Session) languages() []string {
	if len(s.env().Edition.Languages()) < 2 {
		return s.message("This blog is in one language.")
	}
	return s.topics(s.say("Languages"), (*content.Edition).Languages, "", (*Session).setLanguage)
}

// topics opens a view of topics or, if there are none, prints the text none.
func (s *Session) topics(title string, of func(*content.Edition) []content.Topic, none string, open func(*Session, string) []string) []string {
	if len(of(s.env().Edition)) == 0 {
		return s.message("%s", none)
	}
	return s.open(&topics{title: title, all: of, open: open})
}

// tag opens the list of the posts with a tag.
func (s *Session) tag(name string) []string {
	if len(s.env().Edition.Tagged(name)) == 0 {
		return s.message("No post has the tag %s. Type tags to hear which there are.", shorten(name))
	}
	return s.open(&list{
		title: s.say("Tag %s", name), order: s.say("newest first"), emptyText: s.say("No post has this tag any more."),
		posts: func(b blog.Listing) ([]*content.Post, []content.Hit) { return b.Edition.Tagged(name), nil },
	})
}

// seriesParts opens the list of the posts of a series.
func (s *Session) seriesParts(name string) []string {
	if len(s.env().Parts(name)) == 0 {
		return s.message("There is no series %s. Type series to hear which there are.", shorten(name))
	}
	return s.open(&list{
		title: s.say("Series %s", name), order: s.say("first part first"), emptyText: s.say("No post is part of this series any more."),
		posts: func(b blog.Listing) ([]*content.Post, []content.Hit) {
			posts := slices.Clone(b.Parts(name))
			slices.Reverse(posts)
			return posts, nil
		},
	})
}

// setLanguage makes lists prefer a language from now on.
func (s *Session) setLanguage(lang string) []string {
	i := slices.IndexFunc(s.env().Edition.Languages(), func(l content.Topic) bool { return strings.EqualFold(l.Name, lang) })
	if i < 0 {
		return s.message("No post is in %s. Type languages to hear which there are.", shorten(lang))
	}
	s.lang = s.env().Edition.Languages()[i].Name
	return s.open(allPosts(s.env().Words()))
}
