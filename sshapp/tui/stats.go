package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"postern/sshapp/cell"
	"postern/sshapp/reads"
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

var statsKeys = slices.Concat([]binding{hinted(bind((*stats).open, "enter", "open", "enter", "right", "l"))}, menuKeys)

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
	room := measure - len(rowMark)
	lines = append(lines, s.rows(s.below(e), len(s.sum.Posts), func(i int, emphasize func(string) string) string {
		facts := s.facts(s.sum.Posts[i], room)
		name := cell.Cut(s.name(e, s.sum.Posts[i]), max(0, room-cell.LineWidth(facts)-2))
		return cell.Spread(emphasize(name), facts, room)
	})...)
	return cell.Indent(lines, margin)
}

// name returns what the list calls a post.
func (s *stats) name(e env, sum reads.Sum) string {
	if c, ok := e.edition.Find(sum.Post); ok {
		return c.Title
	}
	return reads.Name(sum.Post)
}

// facts returns the numbers of a post's row: the last days if there is room, this week's reads, and all.
func (s *stats) facts(sum reads.Sum, room int) string {
	return s.columns(reads.Sparkline(sum.Daily[max(0, len(sum.Daily)-sparkDays):]), fmt.Sprint(sum.Week), fmt.Sprint(sum.All), room)
}

// columns returns the columns of a row, aligned to the right. The days show if there is room.
func (s *stats) columns(days, week, ever string, room int) string {
	const roomy = 50 // cells
	width := max(len("week"), len(fmt.Sprint(s.sum.All.All)))
	numbers := fmt.Sprintf("%*s  %*s", width, week, width, ever)
	if room < roomy {
		return numbers
	}
	return days + "  " + numbers
}

// plot returns the plot, what its days add up to, and the names of the columns below; nothing if there is no room for it.
func (s *stats) plot(e env) []string {
	const least, rest = 16, 10 // lines: of the screen, and of the list and what is around the bars
	if e.height < least {
		return nil
	}
	measure, _ := e.measure()
	names := s.columns(fmt.Sprintf("%-*s", sparkDays, fmt.Sprint("last ", sparkDays, " days")), "week", "ever", measure-len(rowMark))
	return append(s.sum.Plot(measure, min(8, e.height-rest)),
		"", cell.Faint(cell.Cut(s.sum.String(), measure)), "", cell.Faint(cell.Cut(cell.Spread("", names, measure), measure)))
}
