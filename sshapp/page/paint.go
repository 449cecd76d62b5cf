package page

import (
	"strconv"
	"strings"

	"postern/sshapp/page/document"
	"postern/sshapp/page/theme"
)

// A fragment is a stretch of a line in one style.
type fragment struct {
	text      string
	style     theme.Style
	link      int   // as in a document.Run
	split     bool  // the link goes on above or below: its parts must be told to belong together
	generated bool  // no author wrote it
	stands    int32 // how many characters the source has that is set by it, which the line doesn't show
}

// A painter writes lines: with as few escapes as paint them, each closing what it opens, none with blanks at its end
// that can't be seen.
type painter struct {
	out   []byte // all lines
	ends  []int  // of the lines in out
	above []int32
	text  int32 // characters so far
	links []document.Link
	spots []spot // where each link begins
	urls  int    // bytes of addresses that may still be written
}

// A spot is a place on a page: a line, or -1 for none, and how many bytes of text stand before it there.
type spot struct{ line, at int }

// paint writes a line.
func (p *painter) paint(line []fragment) {
	p.above = append(p.above, p.text)
	line = trimRight(line)
	var pen theme.Style
	link, at := 0, 0
	for _, f := range line {
		if f.text == "" {
			continue
		}
		if f.link > 0 && p.spots[f.link-1].line < 0 {
			p.spots[f.link-1] = spot{len(p.ends), at}
		}
		to := f.style
		if strings.TrimLeft(f.text, " ") == "" && !to.PaintsBlanks() && !pen.PaintsBlanks() {
			to = pen // a blank looks the same in either
		}
		if f.link != link {
			p.closeLink(link)
			link = p.openLink(f)
		}
		p.out = theme.AppendChange(p.out, pen, to)
		pen = to
		p.out = append(p.out, f.text...)
		at += len(f.text)
		p.text += f.stands
		if !f.generated {
			p.text += document.CountVisible(f.text)
		}
	}
	p.closeLink(link)
	p.out = theme.AppendChange(p.out, pen, theme.Style{})
	p.ends = append(p.ends, len(p.out))
}

// openLink tells the terminal where the text that follows leads, and returns the link if it did (OSC 8,
// https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda).
func (p *painter) openLink(f fragment) int {
	if f.link == 0 {
		return 0
	}
	url := p.links[f.link-1].URL
	if url == "" || len(url) > p.urls {
		return 0
	}
	p.urls -= len(url)
	p.out = append(p.out, "\x1b]8;"...)
	if f.split {
		p.out = append(p.out, "id="...)
		p.out = strconv.AppendInt(p.out, int64(f.link), 10)
	}
	p.out = append(p.out, ';')
	p.out = append(p.out, url...)
	p.out = append(p.out, "\x1b\\"...)
	return f.link
}

func (p *painter) closeLink(link int) {
	if link > 0 {
		p.out = append(p.out, "\x1b]8;;\x1b\\"...)
	}
}

// trimRight takes off what can't be seen at the end of a line.
func trimRight(line []fragment) []fragment {
	for n := len(line); n > 0; n-- {
		last := &line[n-1]
		if last.style.PaintsBlanks() && last.text != "" {
			return line[:n]
		}
		if last.text = strings.TrimRight(last.text, " "); last.text != "" {
			return line[:n]
		}
	}
	return nil
}
