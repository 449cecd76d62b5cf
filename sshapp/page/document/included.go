package document

import (
	"path"
	"regexp"
	"strconv"
	"strings"

	"postern/sshapp/page/markdown"
)

// Tags that show a file, or some lines of it, as those of Go's blog, {{code "x.go" /start/ /end/}}, and Hexo's {% include_code x.js %}.

// included walks a tag that names a file, and reports whether it is one whose file is there.
func (w *walker) included(t *markdown.Tag, name string, args markdown.Arguments) bool {
	var file string
	var lines []string
	switch name {
	case "code", "play":
		file, lines = args.First("file", "src", "0"), []string{args["1"], args["2"]}
		if from, to, ok := strings.Cut(args["lines"], "-"); ok {
			lines = []string{from, to}
		}
	case "raw":
		file = args["1"] // {{raw (file "x.html")}}
	case "include_code":
		file, lines = hexoFile(t.Args)
	default:
		return false
	}
	text, ok := w.post.Included(file)
	if !ok {
		return false
	}
	if name == "raw" && path.Ext(file) == ".html" {
		w.html([]byte(text), nil)
		return true
	}
	shown, ok := excerpt(text, lines)
	if !ok {
		w.b.problem("no line of "+file+" is one of "+t.Raw, "name lines that the file has")
		shown, _ = excerpt(text, nil)
	}
	if w.b.begin("pre", attrs{language: strings.TrimPrefix(path.Ext(file), ".")}, true) {
		defer w.b.end("pre", true)
	}
	w.b.text(strings.Trim(shown, "\n"))
	return true
}

// hexoFile reads the arguments of include_code: [title] [lang:x] [from:n] [to:n] file.
func hexoFile(args string) (file string, lines []string) {
	lines = []string{"", ""}
	for _, arg := range strings.Fields(args) {
		if from, ok := strings.CutPrefix(arg, "from:"); ok {
			lines[0] = from
		} else if to, ok := strings.CutPrefix(arg, "to:"); ok {
			lines[1] = to
		} else {
			file = arg
		}
	}
	return file, lines
}

// excerpt returns the lines of a text from one place to another, each a number, a /regular expression/ or $ for the last line. Without
// the second it is one line, and without both everything. As in Go's blog, lines that end in OMIT are left out. It reports false if a
// place isn't in the text.
func excerpt(text string, places []string) (shown string, ok bool) {
	lines := strings.SplitAfter(text, "\n")
	first, last := 0, len(lines)-1
	if len(places) == 2 && places[0]+places[1] != "" {
		if first, ok = findLine(lines, 0, places[0]); !ok {
			return "", false
		}
		last = first
		if places[1] != "" {
			if last, ok = findLine(lines, first+1, places[1]); !ok {
				return "", false
			}
		}
	}
	var b strings.Builder
	for _, line := range lines[first : last+1] {
		if !strings.HasSuffix(strings.TrimRight(line, "\n"), "OMIT") {
			b.WriteString(line)
		}
	}
	return b.String(), true
}

// maxPattern bounds a regular expression, in bytes.
const maxPattern = 200

// findLine returns the index of the line that a place means, from one line on.
func findLine(lines []string, from int, place string) (i int, ok bool) {
	if place == "" {
		return 0, true
	}
	if place == "$" {
		return len(lines) - 1, true
	}
	if n, err := strconv.Atoi(place); err == nil {
		return n - 1, n > 0 && n >= from && n <= len(lines)
	}
	pattern, isPattern := strings.CutPrefix(place, "/")
	re, err := regexp.Compile(strings.TrimSuffix(pattern[:min(len(pattern), maxPattern)], "/"))
	if !isPattern || err != nil {
		return 0, false
	}
	for i := from; i < len(lines); i++ {
		if re.MatchString(lines[i]) {
			return i, true
		}
	}
	return 0, false
}
