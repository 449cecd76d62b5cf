package content

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"postern/content/date"
	"postern/content/frontmatter"
	"postern/content/problem"
)

// Whether readers see a post is decided by keys such as draft, and by its date. What must hold: whatever may have been meant to
// hide a post hides it, because showing it can't be undone; and the author is always told.

// readSwitches finds whether the post is shown at all.
func (s *source) readSwitches(m frontmatter.Fields, opt parseOptions) {
	p := &s.post
	p.Draft = p.Draft || s.file.Draft
	for _, k := range []string{"draft", "hidden", "private", "wip", "published"} {
		f, there := m[k]
		if !there {
			continue
		}
		value, ok := frontmatter.ParseBool(f.Text)
		if _, fault := date.Parse(f.Text, opt.location); k == "published" && fault != date.NotADay {
			continue
		}
		switch {
		case !ok || f.Guessed && f.Text == "" || len(f.List) > 0:
			p.Draft = true
			s.report(problem.Warning, f, fmt.Sprintf("%s: %s is neither true nor false: the post is a draft", k, problem.Quote(f.Text)), "write true or false")
		case f.Text != "" && value == (k != "published"):
			p.Draft = true
		}
	}
	if unlisted, ok := frontmatter.ParseBool(m["unlisted"].Text); unlisted || !ok {
		p.Unlisted = true
	}
	switch v := strings.ToLower(m.Text("visibility")); v {
	case "", "public", "published", "visible":
	case "unlisted":
		p.Unlisted = true
	default:
		p.Draft = true
	}
	switch status := strings.ToLower(m.Text("status")); status {
	case "draft", "skip", "private", "wip":
		p.Draft = true
	case "hidden":
		p.Unlisted = true
	default:
		if near, ok := problem.Nearest(status, slices.Values(hidingStates)); ok {
			p.Draft = true
			s.report(problem.Warning, m["status"], "status "+problem.Quote(status)+" means nothing: the post is a draft", "did you mean "+near+"?")
		}
	}
}

var hidingStates = []string{"draft", "hidden", "private", "skip", "wip"}

// A hidingKey is a key that hides a post, and the value by which it does.
type hidingKey struct {
	key   string // as it should be written
	hides string // "true" or "false"; empty for those of hidingStates
}

// hidingKeys has the keys that a mistyped one may have been meant to be, and what they stand for.
var hidingKeys = map[string]hidingKey{
	"draft":       {"draft", "true"},
	"isdraft":     {"draft", "true"},
	"unpublished": {"draft", "true"},
	"published":   {"published", "false"},
	"publish":     {"published", "false"},
	"unlisted":    {"unlisted", "true"},
	"status":      {key: "status"},
}

var withoutHyphens = strings.NewReplacer("_", "", "-", "")

var hidingKeyNames = slices.Sorted(maps.Keys(hidingKeys))

// hideByTypo hides the post if a key that means nothing may have been meant to, and reports whether it was. The value may be
// mistyped too.
func (s *source) hideByTypo(k string, f frontmatter.Field) bool {
	near, ok := problem.Nearest(withoutHyphens.Replace(k), slices.Values(hidingKeyNames))
	if !ok {
		return false
	}
	h := hidingKeys[near]
	among := []string{"true", "false", "yes", "no"}
	if h.hides == "" {
		among = hidingStates
	}
	value, isSwitch := frontmatter.ParseBool(f.Text)
	word, isWord := problem.Nearest(f.Text, slices.Values(among))
	switch {
	case f.Text == "" || !isSwitch && !isWord:
		return false
	case h.hides == "":
		if !isWord {
			return false
		}
		h.hides = word
	case isSwitch && value != (h.hides == "true"):
		return false
	}
	if h.key == "unlisted" || h.hides == "hidden" {
		s.post.Unlisted = true
	} else {
		s.post.Draft = true
	}
	s.report(problem.Warning, f.AtKey(), "the key "+problem.Quote(k)+" means nothing, but may be meant to hide the post: it is hidden",
		"write "+h.key+": "+h.hides+", or take it out")
	return true
}

// holdBack hides a post whose only date can't be read, until the last moment that it may mean; it makes the post a draft if it
// may mean any.
func (s *source) holdBack(f frontmatter.Field, in *time.Location) {
	until, ok := date.Latest(f.Text, in)
	says := "served like this, the post is a draft until it has one"
	if !ok {
		s.post.Draft = true
	} else {
		if until.After(s.post.Time) {
			s.post.Time = until
		}
		says = "served like this, the post waits until " + until.Format(time.DateOnly) + " is over"
	}
	i := slices.IndexFunc(s.problems, func(p problem.Problem) bool {
		return p.Line == f.Line && p.Column == f.Column && p.Severity == problem.Error
	})
	if i >= 0 {
		s.problems[i].Message += "; " + says
	}
}
