package tui_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/reads"
	"postern/sshapp/state"
)

// someReads are the reads of three posts, one of which is gone, and of the feed.
func someReads(days int) (reads.Summary, error) {
	daily := make([]int, days)
	for i := range daily {
		daily[i] = i * i % 97
	}
	sum := func(post string, week, all int, last ...int) reads.Sum {
		return reads.Sum{Post: post, Week: week, All: all, Ways: map[state.Way]int{state.Screens: all}, Daily: append(make([]int, days-len(last)), last...)}
	}
	s := reads.Summary{Posts: []reads.Sum{
		sum("bread", 120, 3400, 5, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), sum("", 9, 20, 1, 1, 1), sum("gone", 1, 1, 1), sum("rye", 0, 7),
	}}
	s.All = reads.Sum{Week: 130, All: 3428, Ways: map[state.Way]int{state.Screens: 3300, state.Feed: 128}, Daily: daily}
	return s, nil
}

// countedBlog are the files of the blog that someReads is about.
var countedBlog = map[string]string{"2026-11-01-bread.md": "---\ntitle: On bread\n---\nText.\n", "2026-11-02-rye.md": "---\ntitle: Rye\n---\nText.\n"}

// TestStats: the plot has the last four weeks, and the list has the posts, which can be opened.
func TestStats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(today))
		a := newAuthor(t, countedBlog, "")
		press(a.App, "%")
		want := `
  Reads

  96                                   █         █   ▅   ▇
                       ▆               █         █   █   █
                     ▃ █       █     ▂ █   ▇     █   █   █
                   ▁ █ █       █     █ █   █   ▄ █   █   █ ▂
                   █ █ █     █ █     █ █   █   █ █ ▆ █ ▅ █ █
               ▁ █ █ █ █     █ █   ▅ █ █ ▆ █   █ █ █ █ █ █ █
             ▃ █ █ █ █ █   █ █ █   █ █ █ █ █   █ █ █ █ █ █ █
       ▁ ▃ ▆ █ █ █ █ █ █ ▂ █ █ █ ▂ █ █ █ █ █ █ █ █ █ █ █ █ █
     2026-10-26                                         today

  130 this week, 3428 ever · screens 3300 · feed 128

                                                    last 14 days    week  ever
  ▌ On bread                                           ▅ ▁▂▃▄▅▆▇██   120  3400
    (feeds and archives)                                       ███     9    20
    gone                                                         █     1     1
    Rye                                                                0     7



  enter open   ↓/j next   esc back   e edit   ? help   q quit              1/4`
		if got := a.screen(); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		press(a.App, "j enter")
		if got := a.screen(); !strings.Contains(got, "This is not a post, or not published any more.") {
			t.Errorf("the feed was opened:\n%s", got)
		}
		press(a.App, "k enter")
		if address, _ := a.Reading(); address != "bread" {
			t.Errorf("%q was opened", address)
		}
		press(a.App, "esc")
		a.reads = func(days int) (reads.Summary, error) {
			s, _ := someReads(days)
			s.Posts = s.Posts[3:]
			return s, nil
		}
		press(a.App, "%")
		if got := a.screen(); strings.Contains(got, "On bread") || !strings.Contains(got, "▌ Rye") {
			t.Errorf("read again:\n%s", got)
		}
	})
}

// screen returns the text that is shown, without the blanks at the ends of lines.
func (a *author) screen() string {
	_, frame := a.Frame()
	for i, line := range frame {
		frame[i] = strings.TrimRight(ansi.Strip(line), " ")
	}
	return strings.Join(frame, "\n")
}

// TestStatsSizes: the statistics fit each terminal, whatever the numbers are.
func TestStatsSizes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(today))
		for _, most := range []int{0, 1, 9, 123456789} {
			a := newAuthor(t, countedBlog, "")
			a.reads = func(days int) (reads.Summary, error) {
				s, _ := someReads(days)
				for i := range s.All.Daily {
					s.All.Daily[i] = most * i / len(s.All.Daily)
				}
				s.All.All, s.Posts[0].All = most, most
				return s, nil
			}
			press(a.App, "%")
			for _, width := range []int{0, 1, 2, 19, 20, 21, 30, 40, 56, 80, 200} {
				for _, height := range []int{0, 1, 2, 5, 10, 16, 17, 18, 24, 60} {
					a.Update(tea.WindowSizeMsg{Width: width, Height: height})
					checkGeometry(t, a.App, width, height)
					press(a.App, "j j j space k b")
					checkGeometry(t, a.App, width, height)
				}
			}
		}
	})
}

// TestStatsMissing: why there are no statistics is said in the footer.
func TestStatsMissing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(today))
		a := newAuthor(t, countedBlog, "")
		for want, find := range map[string]func(int) (reads.Summary, error){
			"Nothing was read yet.": func(int) (reads.Summary, error) { return reads.Summary{}, nil },
			"the database is away":  func(int) (reads.Summary, error) { return reads.Summary{}, errors.New("the database is away") },
		} {
			a.reads = find
			press(a.App, "%")
			if got := a.screen(); !strings.Contains(got, want) {
				t.Errorf("there is no %q in\n%s", want, got)
			}
		}
	})
}
