package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"postern/content/problem"
	"postern/sshapp/cell"
)

// An author sees the problems of what is on the screen: above it as many as there is room for, and all of them on a screen
// of their own.

// problems returns the problems of the post that a screen shows. For a list, it returns the errors of all files.
func (e env) problems(s screen) []problem.Problem {
	switch s := s.(type) {
	case postScreen:
		c, _ := s.shownPost().current(e)
		return e.authoring.Problems(c.Path)
	case *list:
		all := slices.Clone(e.authoring.Problems(""))
		return slices.DeleteFunc(all, func(p problem.Problem) bool { return p.Severity != problem.Error })
	}
	return nil
}

// problemLines returns the lines above a screen with its problems. They take at most a third of the screen.
func (e env) problemLines(s screen) []string {
	if e.authoring == nil || e.width < leastWidth || e.height < leastHeight {
		return nil
	}
	problems := e.problems(s)
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

// wrapProblems returns lines with the whole first problem, if it fits, and as many more errors as fit into half of the room.
// If problems are left out, it says which key shows all.
func wrapProblems(problems []problem.Problem, measure, room int) []string {
	var lines []string
	shown := 0
	for _, p := range problems {
		set := cell.Wrap(p.String(), measure)
		if shown > 0 && (p.Severity != problem.Error || len(lines)+len(set) > room/2) {
			break
		}
		for _, l := range set {
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

// showProblems opens the screen with all problems of what is on the screen.
func (a *App) showProblems() tea.Cmd {
	of := a.top()
	if len(a.env().problems(of)) == 0 {
		a.notice = "Nothing is known to be wrong here."
		return nil
	}
	return a.apply(opening(&scroll{name: "What is wrong", below: of, text: allProblems{}}))
}

// allProblems has the lines of all problems of what a screen shows.
type allProblems struct{}

func (allProblems) lines(e env, of screen) []string {
	measure, _ := e.measure()
	var lines []string
	for _, p := range e.problems(of) {
		lines = append(append(lines, cell.Wrap(p.String(), measure)...), "")
	}
	return lines
}
