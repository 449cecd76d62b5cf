package content

import (
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"path"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// maxFile bounds a post's file, in bytes: the largest of 13,264 real posts has 4 MB.
const maxFile = 8 << 20

// maxSummary bounds a summary, in characters.
const maxSummary = 200

func isMarkdown(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mdx":
		return true
	}
	return false
}

// readFile reads a post's file without ever holding more than its bound.
func readFile(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxFile {
		return nil, fmt.Errorf("it is larger than %d MB", maxFile>>20)
	}
	return data, nil
}

// parse reads one file. The post is nil where the front matter can't be read.
func parse(file string, data []byte, in *time.Location) (*Post, []Problem) {
	sum := sha256.Sum256(append([]byte(file+"\x00"), data...))
	text := strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n")
	file = line(file)

	var problems []Problem
	if n, ok := firstUnsafe(text); ok {
		problems = append(problems, Problem{File: file, Line: n, Severity: Warning,
			Message: "a control character or an invalid byte is shown as \ufffd", Hint: "take it out, and save the file as UTF-8"})
		text = Clean(text)
	}
	front, body, bodyLine, found, closed := splitMatter(text)
	if found && !closed {
		return nil, append(problems, Problem{File: file, Line: 1, Severity: Error,
			Message: "the front matter has no end", Hint: "close it with a line of ---"})
	}
	m, err := parseMatter(front)
	if err != nil {
		return nil, append(problems, matterProblem(file, err))
	}

	p := &Post{Path: file, Body: body, BodyLine: bodyLine, Words: len(strings.Fields(body))}
	copy(p.Sum[:], sum[:])
	stem := strings.TrimSuffix(path.Base(file), path.Ext(file))
	if stem == "index" && path.Dir(file) != "." {
		stem = path.Base(path.Dir(file))
	}
	named, stem := nameDate(stem, in)

	if d, problem := m.date(file, in); problem != nil {
		problems = append(problems, *problem)
		p.Day, p.Time = named.day, named.at
	} else {
		p.Day, p.Time = d.day, d.at
		if d.day == "" {
			p.Day, p.Time = named.day, named.at
		}
	}
	title, _ := m.first("title")
	if p.Title = line(title.text); p.Title == "" {
		p.Title = headline(stem)
	}
	summary, _ := m.first("description", "excerpt", "summary")
	p.Summary = shorten(line(summary.text))
	slug, _ := m.first("slug", "permalink")
	if p.Slug = slugify(slug.text); p.Slug == "" {
		p.Slug = slugify(stem)
	}
	if p.Slug == "" {
		p.Slug = "post"
	}
	tags, _ := m.first("tags", "tag")
	p.Tags = tags.words()
	lang, _ := m.first("lang", "language")
	p.Lang = strings.ToLower(line(lang.text))
	p.Draft = strings.EqualFold(m["draft"].text, "true") || strings.EqualFold(m["published"].text, "false")
	return p, problems
}

// date returns the post's date, none if it has none, and a problem if it has one that is no date.
func (m matter) date(file string, in *time.Location) (date, *Problem) {
	f, key := m.first("date", "pubdate", "pubdatetime", "publishdate")
	if key == "" {
		return date{}, nil
	}
	d, ok := parseDate(f.text, in)
	if !ok {
		return date{}, &Problem{File: file, Line: f.line, Column: f.col, Severity: Error,
			Message: fmt.Sprintf("%s %q is not a day", key, line(f.text)), Hint: "write it as YYYY-MM-DD"}
	}
	return d, nil
}

// words returns a list's items, or a string's parts between commas.
func (f field) words() []string {
	items := f.list
	if len(items) == 0 {
		items = strings.Split(f.text, ",")
	}
	var words []string
	for _, item := range items {
		if w := line(item); w != "" {
			words = append(words, w)
		}
	}
	return words
}

// slugify makes an address out of a slug, a permalink or a file's name: its last part, in lower case, of letters,
// digits and - . _ alone.
func slugify(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		s = u
	}
	s = path.Base("/" + strings.Trim(s, "/"))
	var b strings.Builder
	for _, r := range strings.ToLower(Clean(s)) {
		switch {
		case unicode.In(r, unicode.Letter, unicode.Mark, unicode.Number), r == '.', r == '_':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-.")
}

// headline makes a title out of a file's name.
func headline(stem string) string {
	s := line(strings.NewReplacer("-", " ", "_", " ").Replace(stem))
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return "Untitled"
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// shorten cuts a summary at the end of a word.
func shorten(s string) string {
	if utf8.RuneCountInString(s) <= maxSummary {
		return s
	}
	cut := []rune(s)[:maxSummary-1]
	for i := len(cut) - 1; i > 0; i-- {
		if cut[i] == ' ' {
			cut = cut[:i]
			break
		}
	}
	return string(cut) + "…"
}

func firstUnsafe(text string) (lineNumber int, found bool) {
	i := strings.IndexFunc(text, unsafe)
	if i < 0 {
		return 0, false
	}
	return 1 + strings.Count(text[:i], "\n"), true
}
