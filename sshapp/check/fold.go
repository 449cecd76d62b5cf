package check

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"postern/content"
	"postern/content/discover"
	"postern/content/problem"
	"postern/content/settings"
)

// A blog with one habit that Postern doesn't share has it in each post. What must hold: dozens of lines for one reason are one,
// which says how many they are. JSON has them all.

// maxEach is how many problems of a kind, and maxFiles how many files left out for a reason, have a line each. maxNames is how
// many files and directories one line names.
const (
	maxEach  = 20
	maxFiles = 3
	maxNames = 3
)

// variable matches what differs between problems of one kind: targets of links, what is quoted, paths and addresses, and numbers.
var variable = regexp.MustCompile("(?:the link to|the picture|the video) \\S+|\"[^\"]*\"|`[^`]*`|\\S*[/.#]\\S*|[0-9]+")

// Fold returns problems in their order, but of more than 20 of a kind only the first, which counts the others.
func Fold(problems []problem.Problem) []problem.Problem {
	kind := func(p problem.Problem) string {
		return string(p.Severity) + variable.ReplaceAllString(p.Message, "")
	}
	number := map[string]int{}
	for _, p := range problems {
		number[kind(p)]++
	}
	var folded []problem.Problem
	for _, p := range problems {
		k := kind(p)
		switch n := number[k]; {
		case n > maxEach:
			p.Message += fmt.Sprintf(" (and %d more like it)", n-1)
			number[k] = -1
		case n < 0:
			continue
		}
		folded = append(folded, p)
	}
	return folded
}

// LeftOut returns lines that say what of a library's files is left out, and why, with paths as path writes them: a line for
// each of a few, and one for many that are left out for one reason. A directory of which nothing is read stands for its
// files. Only says which are looked at.
func LeftOut(l *content.Library, path func(string) string, only func(discover.LeftOut) bool) []string {
	all := l.LeftOut()
	type kind struct {
		why    string
		reason discover.Reason
	}
	files := map[kind][]string{}
	for _, f := range all {
		k := kind{f.Why, f.Reason}
		files[k] = append(files[k], f.Path)
	}
	var lines []string
	for _, f := range all {
		k := kind{f.Why, f.Reason}
		switch n := len(files[k]); {
		case !only(f) || n == 0:
		case n <= maxFiles:
			lines = append(lines, path(f.Path)+": left out: "+f.Why)
		default:
			dirs, line := foldFiles(files[k], l, path)
			line += fmt.Sprintf(": %d files left out: %s", n, f.Why)
			if hint := takeIn(l, dirs); f.Reason == discover.Elsewhere && hint != "" {
				line += "; " + hint
			}
			lines = append(lines, line)
			delete(files, k)
		}
	}
	return lines
}

// foldFiles names some files, by the directories of which nothing else is read. It returns these too.
func foldFiles(files []string, l *content.Library, show func(string) string) (dirs []string, line string) {
	read := map[string]bool{".": true} // directories of which something is read
	for _, p := range l.Report().Posts {
		for dir := path.Dir(p.Path); !read[dir]; dir = path.Dir(dir) {
			read[dir] = true
		}
	}
	var names []string
	for _, f := range files {
		whole := f
		for dir := path.Dir(f); !read[dir]; dir = path.Dir(dir) {
			whole = dir
		}
		if whole != f && !slices.Contains(dirs, whole) {
			dirs = append(dirs, whole)
		}
		if name := show(whole); !slices.Contains(names, name) && len(names) <= maxNames {
			names = append(names, name)
		}
	}
	if len(names) > maxNames {
		names[maxNames] = "…"
	}
	return dirs, strings.Join(names, ", ")
}

// takeIn says which setting reads some directories too; empty for none, or for too many to name.
func takeIn(l *content.Library, dirs []string) string {
	if len(dirs) == 0 || len(dirs) > 2*maxNames || l.Len() == 0 {
		return ""
	}
	var quoted []string
	for _, dir := range append(l.Roots(), dirs...) {
		quoted = append(quoted, strconv.Quote(dir))
	}
	return "posts = [" + strings.Join(quoted, ", ") + "] in " + settings.File + " takes them in"
}
