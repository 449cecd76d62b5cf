package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"postern/content/problem"
	"postern/sshapp/cell"
)

// problems returns the problems of the post that a screen shows or, for a list, of all files, the errors first. They are shown on a
// pager of their own, and the first of them above the screen.
func (e env) problems(s screen) []problem.Problem {
	switch s := s.(type) {
	case postScreen:
		c, _ := s.shownPost().current(e)
		return e.authoring.Problems(c.Path)
	case *list:
		all := slices.Clone(e.authoring.Problems(""))
		slices.SortStableFunc(all, func(a, b problem.Problem) int { return cmp.Compare(a.Severity, b.Severity) }) // "error" is less than "warning"
		return all
	}
	return nil
}

// problemLines returns the lines above a screen with its problems, and above a list with the errors. They take at most a third of the screen.
func (e env) problemLines(s screen) []string {
	if e.authoring == nil || e.width < minWidth || e.height < minHeight {
		return nil
	}
	problems := e.problems(s)
	if _, ok := s.(*list); ok {
		problems = slices.DeleteFunc(problems, func(p problem.Problem) bool { return p.Severity != problem.Error })
	}
	if len(problems) == 0 {
		return nil
	}
	measure, margin := e.measure()
	room := max(1, e.height/3)
	if e.height <= 12 {
		return cell.Indent(wrapProblems(problems, measure, room), margin)
	}
	return cell.Indent(append(wrapProblems(problems, measure, room-1), cell.Faint(strings.Repeat("─", measure))), margin)
}

// wrapProblems returns at most room lines: the first problem, and as many of the errors after it as half of the room holds.
// If something is left out, the last line says which key shows all.
func wrapProblems(problems []problem.Problem, measure, room int) []string {
	var lines []string
	shown := 0
	for _, p := range problems {
		wrapped := cell.Wrap(p.String(), measure)
		if shown > 0 && (p.Severity != problem.Error || len(lines)+len(wrapped) > room/2) {
			break
		}
		for _, l := range wrapped {
			if p.Severity == problem.Error {
				l = cell.Bold(l)
			}
			lines = append(lines, l)
		}
		shown++
	}
	if shown == len(problems) && len(lines) <= room {
		return lines
	}
	more := "more: !"
	if shown < len(problems) {
		more = fmt.Sprintf("%d more: !", len(problems)-shown)
	}
	if last := len(lines) - 1; last < room && cell.LineWidth(lines[last])+cell.LineWidth(more)+2 > measure && last+1 < room {
		return append(lines, cell.Faint(more))
	}
	lines = lines[:min(len(lines), room)]
	lines[len(lines)-1] = cell.Spread(lines[len(lines)-1], cell.Faint(more), measure)
	return lines
}

// showProblems shows all problems of what is on the screen.
func (a *App) showProblems() tea.Cmd {
	top := a.top()
	if len(a.env().problems(top)) == 0 {
		a.notice = "No problems are known here."
		if _, ok := top.(*list); ok { // the texts of all posts would take too long
			a.notice = "No problems are known; open a post to check its text."
		}
		return nil
	}
	return a.apply(opening(&pager{name: "Problems", below: top, text: problemText{}}))
}

// problemText is the text of all problems of what a screen shows.
type problemText struct{}

func (problemText) lines(e env, about screen) []string {
	measure, _ := e.measure()
	var lines []string
	for i, p := range e.problems(about) {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, cell.Wrap(p.String(), measure)...)
	}
	return lines
}
