package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"postern/sshapp/cell"
	"postern/sshapp/reads"
	"postern/sshapp/state"
)

// plotDays is how many days the plot of reads shows if there is room: four weeks.
const plotDays = 28

// sparkDays is how many days a post's row shows.
const sparkDays = 14

// showStats shows how often posts are read.
func (a *App) showStats() tea.Cmd {
	if a.blog.Authoring.Reads == nil {
		a.notice = "Nothing is counted here."
		return nil
	}
	sum, err := a.blog.Authoring.Reads(plotDays)
	switch {
	case err != nil:
		a.notice = err.Error()
		return nil
	case len(sum.Posts) == 0:
		a.notice = "Nothing was read yet."
		return nil
	}
	if s, ok := a.top().(*stats); ok {
		s.sum = sum
		return nil
	}
	return a.apply(opening(&stats{sum: sum}))
}

// stats is how often posts were read when it was opened: a plot of the last days, and a list of posts.
type stats struct {
	menu
	sum reads.Summary
}

var statsKeys = slices.Concat([]binding{hinted(bind((*stats).open, "enter", "open", "enter", "right", "l"))}, cursorKeys)

func (s *stats) keys() []binding          { return statsKeys }
func (s *stats) title(env) string         { return "Reads" }
func (s *stats) screenful(e env) int      { return s.menu.screenful(s.below(e)) }
func (s *stats) moveBy(e env, n int) move { return s.menu.moveBy(s.below(e), n, len(s.sum.Posts)) }
func (s *stats) status(env) string        { return s.menu.status(len(s.sum.Posts)) }

func (s *stats) open(e env) move {
	_, cursor := s.window(s.below(e), len(s.sum.Posts))
	if c, ok := e.edition.Find(s.sum.Posts[cursor].Post); ok {
		return opening(newPost(e.edition, c))
	}
	return move{notice: "This is not a post, or not published any more."}
}

// below returns the env of the list, which has the room that the plot leaves.
func (s *stats) below(e env) env {
	e.height -= len(s.plot(e))
	return e
}

func (s *stats) view(e env) []string {
	measure, margin := e.measure()
	lines := append([]string{"", cell.Bold("Reads"), ""}, s.plot(e)...)
	top, cursor := s.window(s.below(e), len(s.sum.Posts))
	room := measure - len(rowMark)
	for i := top; i < len(s.sum.Posts) && len(lines) < e.height; i++ {
		facts := s.facts(s.sum.Posts[i], room)
		name := cell.Cut(s.name(e, s.sum.Posts[i]), max(0, room-cell.LineWidth(facts)-2))
		if i == cursor {
			name = cell.Bold(name)
		}
		lines = append(lines, markRows([]string{cell.Spread(name, facts, room)}, i == cursor)[0])
	}
	return cell.Indent(lines, margin)
}

// name returns what the list calls a post.
func (s *stats) name(e env, post reads.Sum) string {
	if c, ok := e.edition.Find(post.Post); ok {
		return c.Title
	}
	return reads.Name(post.Post)
}

// facts returns the numbers of a post's row: the last days if there is room, this week's reads, and all.
func (s *stats) facts(post reads.Sum, room int) string {
	const roomy = 50 // cells
	most := fmt.Sprint(s.sum.All.All)
	numbers := fmt.Sprintf("%*d  %*d", len(most), post.Week, len(most), post.All)
	if room < roomy {
		return numbers
	}
	return reads.Sparkline(post.Daily[max(0, len(post.Daily)-sparkDays):]) + "  " + numbers
}

// plot returns a bar for each of the last days, and what they add up to; nothing if there is no room for it.
func (s *stats) plot(e env) []string {
	const least, rest = 16, 10 // lines: of the screen, and of the list and what is around the bars
	measure, _ := e.measure()
	if e.height < least {
		return nil
	}
	most := fmt.Sprint(slices.Max(s.sum.All.Daily))
	width := max(1, measure-len(most)-1)
	days := s.sum.All.Daily
	days = days[max(0, len(days)-width):]
	each := min(3, width/len(days))
	var lines []string
	for i, row := range bars(days, each, min(8, e.height-rest)) {
		label := most
		if i > 0 {
			label = strings.Repeat(" ", len(most))
		}
		lines = append(lines, cell.Faint(label)+" "+row)
	}
	first := time.Now().UTC().AddDate(0, 0, 1-len(days)).Format(time.DateOnly)
	axis := cell.Spread(cell.Cut(first, len(days)*each), "today", len(days)*each)
	lines = append(lines, cell.Faint(strings.Repeat(" ", len(most)+1)+cell.Cut(axis, width)), "")
	return append(lines, cell.Faint(cell.Cut(s.sums(), measure)), "")
}

// sums says how often all posts were read, and in which ways.
func (s *stats) sums() string {
	parts := []string{fmt.Sprintf("%d this week, %d ever", s.sum.All.Week, s.sum.All.All)}
	for _, way := range state.Ways() {
		if n := s.sum.All.Ways[way]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", way, n))
		}
	}
	return strings.Join(parts, " · ")
}

// bars draws bars of values side by side, each so many cells wide with a blank between two if there is room, and the highest of
// them so many lines high.
func bars(values []int, width, height int) []string {
	const eighths = 8 // of a cell, for which there are blocks
	most := max(1, slices.Max(values))
	lines := make([]string, height)
	for i := range lines {
		var b strings.Builder
		for _, n := range values {
			level := (n*height*eighths + most - 1) / most
			block := " "
			if filled := min(level-(height-1-i)*eighths, eighths); filled > 0 {
				block = string(rune('▁' + filled - 1))
			}
			if width == 1 {
				b.WriteString(block)
			} else {
				b.WriteString(strings.Repeat(block, width-1) + " ")
			}
		}
		lines[i] = strings.TrimRight(b.String(), " ")
	}
	return lines
}
