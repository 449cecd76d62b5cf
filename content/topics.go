package content

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"postern/content/sanitize"
)

// A Topic is a tag, a series or a language, and the posts that have it, newest first.
type Topic struct {
	Name  string
	Posts []*Post
}

// topics sorts the posts of an edition, when that is asked for first.
type topics struct {
	tags, series, languages func() []Topic
	byTag                   func() map[string][]*Post
	related                 sync.Map // *Post → []*Post, the first maxRelated
	byLanguage              sync.Map // language → []*Post
}

func newTopics(e *Edition) *topics {
	l, posts := e.library, e.posts
	t := &topics{
		tags:   sync.OnceValue(func() []Topic { return groupPosts(posts, func(p *Post) []string { return p.Tags }) }),
		series: sync.OnceValue(func() []Topic { return groupPosts(posts, seriesOf) }),
		languages: sync.OnceValue(func() []Topic {
			return groupPosts(posts, func(p *Post) []string { return []string{cmp.Or(p.Lang, l.settings.Language)} })
		}),
	}
	t.byTag = sync.OnceValue(func() map[string][]*Post {
		m := map[string][]*Post{}
		for _, topic := range t.tags() {
			m[topicKey(topic.Name)] = topic.Posts
		}
		return m
	})
	return t
}

func seriesOf(p *Post) []string {
	if p.Series == "" {
		return nil
	}
	return []string{p.Series}
}

// topicKey is what the spellings of one topic share.
func topicKey(s string) string { return sanitize.AddressKey(s) }

// groupPosts sorts posts by their names for something, those that most posts have first. Of several spellings the one that
// most posts have is the name.
func groupPosts(posts []*Post, names func(*Post) []string) []Topic {
	at := map[string]int{}
	var all []Topic
	spellings := map[string]int{}
	for _, p := range posts {
		for _, name := range names(p) {
			k := topicKey(name)
			i, ok := at[k]
			if !ok {
				i = len(all)
				at[k] = i
				all = append(all, Topic{Name: name})
			}
			t := &all[i]
			spellings[name]++
			if n, best := spellings[name], spellings[t.Name]; n > best || n == best && name < t.Name {
				t.Name = name
			}
			if n := len(t.Posts); n == 0 || t.Posts[n-1] != p {
				t.Posts = append(t.Posts, p)
			}
		}
	}
	slices.SortFunc(all, func(a, b Topic) int {
		return cmp.Or(cmp.Compare(len(b.Posts), len(a.Posts)), strings.Compare(a.Name, b.Name))
	})
	return all
}

// Tags returns the tags of the posts in the list, the most used first. Spellings that differ in case are one tag.
func (e *Edition) Tags() []Topic { return e.topics.tags() }

// Tagged returns the posts with a tag, newest first, in whatever case it is written.
func (e *Edition) Tagged(tag string) []*Post { return e.topics.byTag()[topicKey(tag)] }

// Series returns the series of posts in the list, the longest first.
func (e *Edition) Series() []Topic { return e.topics.series() }

// Languages returns the languages of the posts in the list, the most used first. The name of the blog's own is empty
// where the settings don't say it.
func (e *Edition) Languages() []Topic { return e.topics.languages() }

// In returns the posts of the list with each of them once, whatever languages it is in: in lang where there is such a
// version, else in the blog's own language, else in the first that there is. lang is a name of [Edition.Languages]; for any
// other it is the blog's own.
func (e *Edition) In(lang string) []*Post {
	if len(e.library.address.translations) == 0 {
		return e.posts
	}
	if !slices.ContainsFunc(e.Languages(), func(t Topic) bool { return t.Name == lang }) || lang == e.library.settings.Language {
		lang = ""
	}
	if known, ok := e.topics.byLanguage.Load(lang); ok {
		return known.([]*Post)
	}
	var posts []*Post
	for _, p := range e.posts {
		if e.bestVersion(p, lang) == p {
			posts = append(posts, p)
		}
	}
	e.topics.byLanguage.Store(lang, posts)
	return posts
}

// bestVersion returns the version of a post that a reader of lang is shown in the list.
func (e *Edition) bestVersion(p *Post, lang string) *Post {
	l := e.library
	best := p
	rank := func(q *Post) int {
		switch l.language(q) {
		case lang:
			return 0
		case "":
			return 1
		}
		return 2
	}
	for _, q := range e.Translations(p) {
		if _, listed := e.position(q); !listed {
			continue
		}
		if r, b := rank(q), rank(best); r < b || r == b && q.Lang < best.Lang {
			best = q
		}
	}
	return best
}

// maxRelated is how many related posts are remembered of each post, once it is asked for them: finding them takes as long
// as there are posts with its tags, and a screen asks each time that it is drawn.
const maxRelated = 8

// Related returns at most n, and at most 8, posts of the list that have a tag or the series in common with p, in its language: those
// that share most tags first, then those of its series, then those nearest in time.
func (e *Edition) Related(p *Post, n int) []*Post {
	known, ok := e.topics.related.Load(p)
	if !ok {
		known, _ = e.topics.related.LoadOrStore(p, e.findRelated(p))
	}
	related := known.([]*Post)
	return related[:min(n, len(related))]
}

func (e *Edition) findRelated(p *Post) []*Post {
	shared := map[*Post]int{}
	for _, t := range p.Tags {
		for _, q := range e.Tagged(t) {
			shared[q] += 2
		}
	}
	if p.Series != "" {
		for _, s := range e.Series() {
			if topicKey(s.Name) == topicKey(p.Series) {
				for _, q := range s.Posts {
					shared[q]++
				}
			}
		}
	}
	lang := e.library.language(p)
	var related []*Post
	for q := range shared {
		if q.Path != p.Path && e.library.language(q) == lang {
			related = append(related, q)
		}
	}
	slices.SortFunc(related, func(a, b *Post) int {
		return cmp.Or(cmp.Compare(shared[b], shared[a]), cmp.Compare(distance(a, p), distance(b, p)), newestFirst(a, b))
	})
	return slices.Clone(related[:min(maxRelated, len(related))])
}

func distance(a, b *Post) time.Duration { return a.Time.Sub(b.Time).Abs() }
