package terminal

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// A pen is the state that a terminal writes characters with: the SGR sequences since the last reset, and the OSC 8 sequence of the
// open link. Of sequences that set colours alone only those are kept that are in force: a row of a picture has hundreds.
type pen struct {
	style        string // as they came
	older, newer string // colours, behind it; the newer one leaves something of the older one in force
	link         string
}

// add adds an SGR sequence.
func (p *pen) add(seq string) {
	sets := groundsOf(seq)
	switch {
	case sets == 0:
		p.style += p.older + p.newer + seq
		p.older, p.newer = "", ""
	case sets == foreground|background:
		p.older, p.newer = "", seq
	case groundsOf(p.newer)&^sets != 0:
		p.older, p.newer = p.newer, seq
	default:
		p.newer = seq
	}
}

// change returns the sequences that change a pen's style to another's.
func (p pen) change(to pen) string {
	switch rest, more := strings.CutPrefix(to.style, p.style); {
	case p.style == to.style && p.older == to.older && p.newer == to.newer:
		return ""
	case more && p.older+p.newer == "":
		return rest + to.older + to.newer
	case p.style == to.style && p.older == "" && p.newer == to.older:
		return to.newer
	}
	return ansi.ResetStyle + to.style + to.older + to.newer
}

// grounds are what a sequence sets the colours of.
type grounds uint8

const (
	foreground grounds = 1 << iota
	background
)

// groundsOf returns what an SGR sequence sets the colours of, of 256 or of all; 0 if it sets anything else.
func groundsOf(seq string) (sets grounds) {
	rest := strings.TrimSuffix(strings.TrimPrefix(seq, "\x1b["), "m")
	for rest != "" {
		switch {
		case strings.HasPrefix(rest, "38;"):
			sets |= foreground
		case strings.HasPrefix(rest, "48;"):
			sets |= background
		default:
			return 0
		}
		switch rest = rest[len("38;"):]; {
		case strings.HasPrefix(rest, "5;"):
			rest = skipParameters(rest, 2)
		case strings.HasPrefix(rest, "2;"):
			rest = skipParameters(rest, 4)
		default:
			return 0
		}
	}
	return sets
}

// skipParameters returns the parameters of a sequence behind the first n.
func skipParameters(all string, n int) string {
	for range n {
		_, all, _ = strings.Cut(all, ";")
	}
	return all
}
