package content

import (
	"slices"
	"strings"
	"time"

	"postern/content/discover"
	"postern/content/frontmatter"
	"postern/content/problem"
)

// A source is one file, parsed: all that can be said of it without looking at the others. It is immutable, and kept
// from one load to the next for as long as its file stays as it is.
type source struct {
	file discover.File
	post Post // without slug and kind, which depend on others

	stem           string           // the slug that its file's name makes, without the date
	full           string           // the same with the date
	claims         []string         // the addresses that the front matter claims, the one that counts first
	claimed        problem.Position // of that one
	claimsName     bool             // that one says only the last part: the generator puts the directory before it
	oldAddresses   []oldAddress
	titleSlug      string // the slug that its title makes
	headings       string // the texts of the body's headings, a line each
	layout         string // the template's name: "post", "page"
	hasFrontMatter bool
	noText         bool   // there is nothing to read in its body
	badDate        bool   // it has a date that can't be read
	leftOut        string // why it is not a post; empty if it is one
	problems       []problem.Problem
	stale          bool // the file is broken now, and this is what it was before
	unread         bool // the file's bytes are not known
	written        rawText
}

// A rawText is a file's bytes.
type rawText struct {
	text string
	crlf bool // each \n of text stands for \r\n
}

// An oldAddress is one that a post had before, as its author wrote it.
type oldAddress struct {
	alias string
	problem.Position
}

// parseOptions are what the site decides about how its files are read.
type parseOptions struct {
	location   *time.Location // of dates that name no zone
	spacedTags bool           // spaces separate tags in one text, as in Jekyll
	permalink  string         // the pattern of posts' addresses, as [source.fillPermalink] takes it; empty for none
}

// same reports whether files say the same with other options. Two locations of one name may be two pointers.
func (opt parseOptions) same(other parseOptions) bool {
	return opt.location.String() == other.location.String() && opt.spacedTags == other.spacedTags && opt.permalink == other.permalink
}

// broken reports whether something that the author wrote is not shown as they meant it.
func (s *source) broken() bool {
	_, wrong := problem.FirstError(s.problems)
	return wrong
}

// isDeclaredPage reports whether a file is a page by its place or by its template.
func (s *source) isDeclaredPage() bool {
	switch s.file.Placement {
	case discover.WithPages, discover.Outside:
		return true
	case discover.WithPosts:
		return false
	}
	return strings.HasPrefix(s.layout, "page")
}

func (s *source) report(severity problem.Severity, f frontmatter.Field, message, hint string) {
	s.problems = append(s.problems, problem.Problem{File: s.post.Path, Line: f.Line, Column: f.Column, Severity: severity, Message: message, Hint: hint})
}

func (s *source) warn(line int, message, hint string) {
	s.report(problem.Warning, frontmatter.Field{Line: line}, message, hint)
}

// hasProblemAt reports whether something is wrong with a line already.
func (s *source) hasProblemAt(line int) bool {
	return slices.ContainsFunc(s.problems, func(p problem.Problem) bool { return p.Line == line })
}
