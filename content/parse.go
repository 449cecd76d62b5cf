package content

import (
	"crypto/sha256"
	"strings"

	"postern/content/discover"
	"postern/content/frontmatter"
	"postern/content/outline"
	"postern/content/problem"
	"postern/content/sanitize"
)

// parse reads one file's bytes. They are kept as they are, beside what is made of them, for readers who ask for them.
func parse(f discover.File, data []byte, opt parseOptions) *source {
	s := &source{file: f, stem: sanitize.Slug(f.Name.Stem), full: sanitize.Slug(f.Name.Full)}
	p := &s.post
	p.Path = sanitize.FileName(f.Path)
	p.Sum = checksum(f.Path, data)

	r := frontmatter.Split(s.text(data))
	m, problems := r.Read(p.Path)
	s.problems = append(s.problems, problems...)
	body, unended := outline.WithoutRemarks(r.Body, strings.HasSuffix(f.Path, ".mdx"))
	p.Body, p.BodyLine = body, r.BodyLine
	if unended > 0 {
		s.report(problem.Error, frontmatter.Field{Line: r.BodyLine + unended - 1}, "a remark that begins here has no end: nothing behind it is shown",
			"end it as it begins, or write its mark as code")
	}
	s.hasFrontMatter = r.Form != frontmatter.None
	o := outline.Scan(p.Body)
	p.Words, s.headings, s.noText = o.Words, o.Headings, o.Empty

	s.readDates(m, opt)
	s.readNames(m, o)
	s.titleSlug = sanitize.Slug(p.Title)
	s.readLabels(m, opt)
	s.readReply(m)
	s.readAddresses(m, opt)
	s.readSwitches(m, opt)
	s.lintKeys(m, opt)
	s.lintValues(m)
	s.exclude(m)
	if len(data) == 0 {
		s.warn(0, "the file is empty", "write something, or take it out")
	}
	return s
}

// checksum returns what identifies a post in caches: it changes with its file's name and bytes.
func checksum(name string, data []byte) (sum [16]byte) {
	h := sha256.New()
	h.Write([]byte(name + "\x00"))
	h.Write(data)
	copy(sum[:], h.Sum(nil))
	return sum
}
