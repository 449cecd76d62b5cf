package frontmatter

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"postern/content/problem"
)

// What must hold: a post is shown only if its front matter was understood. A text that begins with what somebody will have
// meant for one, and that no generator reads as one, is a draft.

// maxLead is how many lines are looked at for the keys of what may be a front matter. Few have more.
const maxLead = 64

// headKeys are the keys that prose doesn't begin its lines with.
var headKeys = map[string]bool{
	"title": true, "date": true, "pubdate": true, "draft": true, "published": true, "unlisted": true, "hidden": true, "wip": true,
	"private": true, "visibility": true, "status": true, "layout": true, "slug": true, "tags": true, "categories": true,
}

var (
	// rule matches a line of signs: hyphens, what typing aids make of them, or what somebody took for a fence.
	rule        = regexp.MustCompile(`^[^\pL\pN]+(?:yaml|yml|toml|json)?$`)
	codeFence   = regexp.MustCompile("^(?:`{3,}|~{3,}|<pre|<code)")
	commentLine = regexp.MustCompile(`^(?:#|//|%YAML|<!--.*-->$)`)
	objectStart = regexp.MustCompile(`^\{(?:[\s"']|$)`)
	objectKey   = regexp.MustCompile(`[{,]\s*["']?(\w+)["']?\s*:`)
)

// findLookalike returns the line, from 1, of what looks like the beginning of a front matter, and what is wrong with it; "" if
// nothing does.
func findLookalike(text string) (line int, wrong string) {
	c := &lineCutter{text: text}
	l, commented := nextLine(c), false
	for c.n < maxLead && (commentLine.MatchString(l) || strings.HasPrefix(l, "<!--")) {
		for c.n < maxLead && strings.HasPrefix(l, "<!--") && !strings.Contains(l, "-->") {
			l = "<!--" + nextLine(c)
		}
		l, commented = nextLine(c), true
	}
	line = c.n
	switch {
	case codeFence.MatchString(l):
		inner := *c
		if first := nextLine(&inner); rule.MatchString(first) && leads(inner) || isHeadKey(first) {
			wrong = "stands in a block of code"
		}
	case objectStart.MatchString(l) && (leads(*c) || slices.ContainsFunc(objectKey.FindAllStringSubmatch(l, maxLead), func(m []string) bool { return headKeys[strings.ToLower(m[1])] })):
		wrong = "is not valid JSON"
	case rule.MatchString(l) && leads(*c):
		wrong = fmt.Sprintf("begins with %s, and not with ---", problem.Quote(lineAt(text, line)))
		if commented {
			wrong = "stands behind a comment"
		} else if fence.MatchString(lineAt(text, line)) {
			wrong = "has no end, or is not a list of keys"
		}
	case strings.HasPrefix(l, "<<<<<<< "):
		if inner := *c; rule.MatchString(nextLine(&inner)) && leads(inner) {
			wrong = "stands in a merge that was not finished"
		}
	default:
		inCode := false
		for c.n < maxLead && c.at < len(c.text) {
			l := nextLine(c)
			inCode = inCode != codeFence.MatchString(l)
			if !inCode && (l == "---" || l == "+++") && closes(*c, l) {
				return c.n, "stands behind a text"
			}
		}
	}
	return line, wrong
}

// closes reports whether two keys of a front matter or more follow, and nothing else up to a fence.
func closes(c lineCutter, mark string) bool {
	keys := 0
	for range maxLead {
		l, ok := c.next()
		switch l = strings.TrimRight(l, " \t"); {
		case !ok, l == "":
			return false
		case l == mark:
			return keys > 1
		case isHeadKey(l):
			keys++
		}
	}
	return false
}

// nextLine returns the next line that isn't blank, without the blanks around it; "" at the end.
func nextLine(c *lineCutter) string {
	for {
		l, ok := c.next()
		if l = strings.TrimSpace(l); l != "" || !ok {
			return l
		}
	}
}

// lineAt returns a line of a text, from 1.
func lineAt(text string, n int) string {
	for l := range strings.Lines(text) {
		if n--; n == 0 {
			return strings.TrimRight(l, "\n")
		}
	}
	return ""
}

// leads reports whether one of the lines up to the first blank one has a key of a front matter.
func leads(c lineCutter) bool {
	for range maxLead {
		l, ok := c.next()
		if l = strings.TrimLeft(strings.TrimSpace(l), "> \t"); !ok || l == "" {
			return false
		}
		if isHeadKey(l) {
			return true
		}
	}
	return false
}

func isHeadKey(l string) bool { return headKeys[keyOf(keyLine, l)] || headKeys[keyOf(tomlLine, l)] }

// holdBack makes a draft of a file whose text begins with what looks like a front matter.
func (r *Front) holdBack(file string) (Fields, []problem.Problem) {
	line, wrong := findLookalike(r.whole)
	if wrong == "" {
		return nil, nil
	}
	return Fields{"draft": {Text: "true", Line: line, Column: 1}}, []problem.Problem{{
		File: file, Line: line, Column: 1, Severity: problem.Error,
		Message: "what looks like the front matter " + wrong + ": the post is a draft",
		Hint:    "let the file begin with a line of ---, then the keys, and close them with another one",
	}}
}
