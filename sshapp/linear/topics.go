package linear

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"postern/content"
	"postern/sshapp/blog"
)

// topics is the list of tags, of series or of languages, each with a number.
type topics struct {
	rows
	title string
	of    func(*content.Edition) []content.Topic
	open  func(t *Talk, name string) []string
}

func (o *topics) name(env) string  { return o.title }
func (o *topics) prompt() string   { return o.more(o.title) }
func (o *topics) where(env) string { return o.among(o.title, 1) }
func (o *topics) over(env) string {
	return "That was all. Type a number to choose, or top to hear them again."
}
func (o *topics) passing() bool { return false }

func (o *topics) text(e env) text {
	all := o.of(e.Edition)
	row := func(i int) []string {
		if i == 0 {
			return wrap(fmt.Sprintf("%s: %d.", o.title, len(all)), e.width)
		}
		t := all[i-1]
		return wrap(fmt.Sprintf("%d. %s, %s", i, cmp.Or(t.Name, "the blog's own"), counted(len(t.Posts), "post")), e.width)
	}
	return text{1 + len(all), row, func(i int) string { return all[i].Name }}
}

func (o *topics) choose(t *Talk, n int) []string {
	e := t.env()
	i, ok := o.index(o.text(e), n)
	if !ok {
		return t.say("Nothing has number %d here.", n)
	}
	return o.open(t, o.of(e.Edition)[i].Name)
}

// tags, series and languages are what topics there are.
func (t *Talk) tags() []string {
	return t.topics("Tags", (*content.Edition).Tags, "No post here has a tag.", (*Talk).tag)
}

func (t *Talk) series() []string {
	return t.topics("Series", (*content.Edition).Series, "No post here is part of a series.", (*Talk).parts)
}

func (t *Talk) languages() []string {
	if len(t.env().Edition.Languages()) < 2 {
		return t.say("This blog is in one language.")
	}
	return t.topics("Languages", (*content.Edition).Languages, "", (*Talk).speak)
}

func (t *Talk) topics(title string, of func(*content.Edition) []content.Topic, none string, open func(*Talk, string) []string) []string {
	if len(of(t.env().Edition)) == 0 {
		return t.say("%s", none)
	}
	return t.enter(&topics{title: title, of: of, open: open})
}

// tag lists the posts with a tag, and parts those of a series.
func (t *Talk) tag(name string) []string {
	if len(t.env().Edition.Tagged(name)) == 0 {
		return t.say("No post has the tag %s. Type tags to hear which there are.", clip(name))
	}
	return t.enter(&list{
		title: "Tag " + name, order: "newest first", none: "No post has this tag any more.",
		find: func(s blog.Listing) ([]*content.Post, []content.Hit) { return s.Edition.Tagged(name), nil },
	})
}

func (t *Talk) parts(name string) []string {
	if len(t.env().Parts(name)) == 0 {
		return t.say("There is no series %s. Type series to hear which there are.", clip(name))
	}
	return t.enter(&list{
		title: "Series " + name, order: "first part first", none: "No post is part of this series any more.",
		find: func(s blog.Listing) ([]*content.Post, []content.Hit) {
			posts := slices.Clone(s.Parts(name))
			slices.Reverse(posts)
			return posts, nil
		},
	})
}

// speak has lists prefer a language from now on.
func (t *Talk) speak(lang string) []string {
	i := slices.IndexFunc(t.env().Edition.Languages(), func(l content.Topic) bool { return strings.EqualFold(l.Name, lang) })
	if i < 0 {
		return t.say("No post is in %s. Type languages to hear which there are.", clip(lang))
	}
	t.lang = t.env().Edition.Languages()[i].Name
	return t.enter(newest())
}

// search lists the posts with some words.
func (t *Talk) search(words string) []string {
	posts, _ := t.env().Search(words)
	if len(posts) == 0 {
		return t.say(blog.NothingFound)
	}
	return t.enter(&list{
		title: "Found", order: "best first", none: "Nothing is found any more.",
		find: func(s blog.Listing) ([]*content.Post, []content.Hit) { return s.Search(words) },
	})
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
