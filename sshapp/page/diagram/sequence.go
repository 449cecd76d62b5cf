package diagram

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"postern/sshapp/cell"
)

// A sequence is a sequence diagram: who takes part, and what happens, from top to bottom.
type sequence struct {
	labels
	people   []person
	events   []event
	title    string
	numbered bool
	depth    int // of the frames that are open
	deepest  int
	tints    []int  // of the areas that are open, which only have a color, the depth that they are at
	grouping bool   // a group of people is open
	group    string // its name
}

// A person takes part, and has a line that goes down.
type person struct {
	id    string
	label []string
	x     int // of the line
}

// An event is a message, a note, or a part of a frame around others.
type event struct {
	kind     eventKind
	from, to int // people
	label    []string
	name     string // of a frame or a part of it
	dashed   bool
	head     string // of an arrow, when it points to the right
}

type eventKind uint8

const (
	messageEvent eventKind = iota
	noteEvent
	frameEvent // a frame begins
	partEvent  // another part of it
	endEvent
)

var (
	personLine  = regexp.MustCompile(`^(?:create )?(?:participant|actor) (\S+?)(?:@\{(.*)\})?(?: as (.+))?$`)
	aliasEntry  = regexp.MustCompile(`"alias"\s*:\s*"([^"]*)"`)
	boxLine     = regexp.MustCompile(`^box\b\s*((?:rgba?\([^)]*\)|transparent|Aqua|Black|Blue|Brown|Cyan|Gold|Gr[ae]y|Green|Light\w+|Magenta|Orange|Pink|Purple|Red|White|Yellow)\b)?\s*(.*)$`)
	messageLine = regexp.MustCompile(`^([^-:]+?)\s*(-?-(?:>>|>|x|\)))\s*[+-]?\s*([^:]+?)\s*:\s*(.*)$`)
	noteLine    = regexp.MustCompile(`^(?i:note) (over|left of|right of) ([^:]+?)\s*:\s*(.*)$`)
	frameLine   = regexp.MustCompile(`^(loop|alt|opt|par|critical|break|else|and|option)\b\s*(.*)$`)
	ignoredLine = regexp.MustCompile(`^(?:(?:activate|deactivate|destroy) \S+|links? [^:]+:.*|autonumber off)$`)
)

// arrowHeads are the heads of arrows by their source.
var arrowHeads = map[string]string{">>": "▶", ">": "", "x": "x", ")": "▷"}

// parseSequence reports false if one of the statements isn't known.
func parseSequence(statements []string, l labels) (*sequence, bool) {
	s := &sequence{labels: l}
	for _, statement := range statements {
		if !s.statement(statement) || len(s.people) > maxBoxes || len(s.events) > maxArrows {
			return nil, false
		}
	}
	return s, s.depth == 0 && len(s.tints) == 0 && !s.grouping && len(s.people) > 0
}

func (s *sequence) statement(line string) bool {
	if m := personLine.FindStringSubmatch(line); m != nil {
		i := s.person(m[1])
		if alias := aliasEntry.FindStringSubmatch(m[2]); alias != nil {
			s.people[i].label = s.read(alias[1])
		}
		if m[3] != "" {
			s.people[i].label = s.read(m[3])
		}
		if s.group != "" {
			s.people[i].label = append(s.people[i].label, s.read("("+s.group+")")...)
		}
		return true
	}
	if m := noteLine.FindStringSubmatch(line); m != nil {
		first, last, _ := strings.Cut(m[2], ",")
		e := event{kind: noteEvent, from: s.person(first), label: s.read(m[3]), name: m[1]}
		e.to = e.from
		if last != "" {
			e.to = s.person(last)
		}
		e.from, e.to = min(e.from, e.to), max(e.from, e.to)
		s.events = append(s.events, e)
		return true
	}
	if m := frameLine.FindStringSubmatch(line); m != nil {
		return s.frame(m[1], m[2])
	}
	if m := boxLine.FindStringSubmatch(line); m != nil && !s.grouping {
		s.grouping, s.group = true, m[2]
		return true
	}
	switch {
	case strings.HasPrefix(line, "rect "):
		s.tints = append(s.tints, s.depth)
		return len(s.tints) < 8
	case line == "end" && s.grouping:
		s.grouping, s.group = false, ""
		return true
	case line == "end" && len(s.tints) > 0 && s.tints[len(s.tints)-1] == s.depth:
		s.tints = s.tints[:len(s.tints)-1]
		return true
	case line == "end":
		s.depth--
		s.events = append(s.events, event{kind: endEvent})
		return s.depth >= 0
	case line == "autonumber":
		s.numbered = true
		return true
	case strings.HasPrefix(line, "title"):
		s.title = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(line, "title"), ":"))
		return true
	case ignoredLine.MatchString(line):
		return true
	}
	m := messageLine.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	e := event{from: s.person(m[1]), to: s.person(m[3]), label: s.read(m[4]), dashed: strings.HasPrefix(m[2], "--")}
	e.head = arrowHeads[strings.TrimLeft(m[2], "-")]
	if s.numbered {
		e.label[0] = strconv.Itoa(s.messages()+1) + ". " + e.label[0]
	}
	s.events = append(s.events, e)
	return true
}

func (s *sequence) messages() int {
	n := 0
	for _, e := range s.events {
		if e.kind == messageEvent {
			n++
		}
	}
	return n
}

// frame begins a frame, or another part of the one that is open.
func (s *sequence) frame(name, text string) bool {
	e := event{kind: frameEvent, name: name, label: s.read(text)}
	if name == "else" || name == "and" || name == "option" {
		e.kind = partEvent
	} else {
		s.depth++
		s.deepest = max(s.deepest, s.depth)
	}
	s.events = append(s.events, e)
	return s.depth > 0 && s.depth < 8
}

// person returns the index of who has an id; whoever is new takes part from now on.
func (s *sequence) person(id string) int {
	id = strings.TrimSpace(id)
	i := slices.IndexFunc(s.people, func(p person) bool { return p.id == id })
	if i < 0 {
		i = len(s.people)
		s.people = append(s.people, person{id: id, label: s.read(id)})
	}
	return i
}

// drawSequence is a drawer.
func drawSequence(statements []string, l labels, width int) (*canvas, bool) {
	s, ok := parseSequence(statements[1:], l)
	if !ok || statements[0] != "sequenceDiagram" {
		return nil, false
	}
	total := s.place()
	if total > width {
		return nil, true
	}
	return s.draw(total), true
}

// place gives the people their lines, as far apart as what is written between them is wide. It returns the width of it all.
func (s *sequence) place() int {
	margin := 2 * s.deepest
	end := 0
	for i := range s.people {
		p := &s.people[i]
		half := (widest(p.label) + 4) / 2
		p.x = margin + half
		if i > 0 {
			before := &s.people[i-1]
			p.x = max(p.x, before.x+(widest(before.label)+5)/2+half+1)
		}
		for _, e := range s.events {
			from, to := min(e.from, e.to), max(e.from, e.to)
			need := widest(e.label) + 4
			switch {
			case e.kind == messageEvent && to == i && from < i:
				p.x = max(p.x, s.people[from].x+need)
			case e.kind == messageEvent && from == to && from == i-1:
				p.x = max(p.x, s.people[from].x+need+2)
			case e.kind == noteEvent && e.name == "right of" && from == i-1, e.kind == noteEvent && e.name == "left of" && from == i:
				if i > 0 {
					p.x = max(p.x, s.people[i-1].x+need+3)
				} else {
					p.x = max(p.x, margin+need+2)
				}
			case e.kind == noteEvent && e.name == "over" && from == i && to == i:
				p.x = max(p.x, margin+need/2)
			case e.kind == noteEvent && e.name == "over" && to == i && from < i:
				p.x = max(p.x, s.people[from].x+need-4)
			}
		}
		end = max(end, p.x+half+1)
	}
	for _, e := range s.events {
		need := widest(e.label) + 4
		last := s.people[e.to].x
		switch {
		case e.kind == messageEvent && e.from == e.to:
			end = max(end, last+need+1)
		case e.kind == noteEvent && e.name == "right of":
			end = max(end, last+need+2)
		case e.kind == noteEvent && e.name == "over":
			middle := (s.people[e.from].x + last) / 2
			end = max(end, middle+need/2+2)
		case e.kind == frameEvent || e.kind == partEvent:
			end = max(end, margin+widest(e.label)+cell.Width(e.name)+6)
		}
	}
	return end + margin
}

// draw draws the people at the top, and then each event below the one before.
func (s *sequence) draw(width int) *canvas {
	c := &canvas{}
	y := 0
	if s.title != "" {
		c.write(max(0, (width-cell.Width(s.title))/2), 0, s.title)
		y = 2
	}
	height := 0
	for _, p := range s.people {
		height = max(height, len(p.label))
	}
	top := y
	y += height + 2
	begin := y
	depth := 0
	var over []func()
	for _, e := range s.events {
		switch e.kind {
		case messageEvent:
			y = s.message(c, e, y, &over)
		case noteEvent:
			x, w := s.notePlace(e)
			row := y
			over = append(over, func() { c.box(x, row, w, e.label) })
			y += len(e.label) + 2
		case frameEvent:
			depth++
			x1, x2, row := 2*(depth-1), width-1-2*(depth-1), y
			c.horizontal(x1, x2, row, false)
			c.at(x1, row).sides |= down
			c.at(x2, row).sides |= down
			over = append(over, func() { c.write(x1+2, row, frameTitle(e)) })
			y++
		case partEvent:
			x1, x2, row := 2*(depth-1), width-1-2*(depth-1), y
			c.horizontal(x1, x2, row, true)
			over = append(over, func() { c.write(x1+2, row, frameTitle(e)) })
			y++
		case endEvent:
			x1, x2 := 2*(depth-1), width-1-2*(depth-1)
			c.horizontal(x1, x2, y, false)
			depth--
			y++
		}
	}
	s.frames(c, begin, width)
	for _, p := range s.people {
		c.vertical(p.x, begin-1, y, false)
	}
	for i := range s.people {
		p := &s.people[i]
		w := widest(p.label) + 4
		c.box(p.x-w/2, top, w, pad(p.label, height))
		c.at(p.x, begin-1).sides |= down
	}
	for _, f := range over {
		f()
	}
	return c
}

// pad returns lines with empty ones behind them.
func pad(lines []string, n int) []string {
	return append(slices.Clone(lines), make([]string, n-len(lines))...)
}

// frameTitle returns what stands in the upper line of a frame or of a part.
func frameTitle(e event) string {
	return " " + strings.TrimSpace(e.name+" "+strings.Join(e.label, " ")) + " "
}

// frames draws the sides of the frames.
func (s *sequence) frames(c *canvas, y, width int) {
	var begun []int
	for _, e := range s.events {
		switch e.kind {
		case messageEvent:
			y += len(e.label) + 1
			if e.from == e.to {
				y++
			}
		case noteEvent:
			y += len(e.label) + 2
		case frameEvent:
			begun = append(begun, y)
			y++
		case partEvent:
			y++
		case endEvent:
			n := len(begun) - 1
			c.vertical(2*n, begun[n], y, false)
			c.vertical(width-1-2*n, begun[n], y, false)
			begun = begun[:n]
			y++
		}
	}
}

// notePlace returns where a note begins, and its width.
func (s *sequence) notePlace(e event) (x, width int) {
	from, to := s.people[e.from].x, s.people[e.to].x
	width = widest(e.label) + 4
	switch e.name {
	case "left of":
		return from - width - 1, width
	case "right of":
		return from + 2, width
	}
	if from < to {
		width = max(width, to-from+5)
	}
	return max((from+to)/2-width/2, 0), width
}

// message draws an arrow below its text, and returns the next row.
func (s *sequence) message(c *canvas, e event, y int, over *[]func()) int {
	from, to := s.people[e.from].x, s.people[e.to].x
	row := y + len(e.label)
	if from == to {
		for i, line := range e.label {
			*over = append(*over, func() { c.write(from+2, y+i, line) })
		}
		c.horizontal(from, from+3, row, e.dashed)
		c.vertical(from+3, row, row+1, false)
		c.horizontal(from+1, from+3, row+1, e.dashed)
		*over = append(*over, func() { c.write(from+1, row+1, "◀") })
		return row + 2
	}
	x1, x2 := min(from, to), max(from, to)
	for i, line := range e.label {
		*over = append(*over, func() { c.write((x1+x2+1-cell.Width(line))/2, y+i, line) })
	}
	head := map[string]string{"▶": "◀", "▷": "◁"}[e.head]
	if head == "" {
		head = e.head
	}
	*over = append(*over, func() {
		for x := x1 + 1; x < x2; x++ {
			line := "─"
			if e.dashed {
				line = "╌"
			}
			c.write(x, row, line)
		}
		switch {
		case e.head == "":
		case from < to:
			c.write(x2-1, row, e.head)
		default:
			c.write(x1+1, row, head)
		}
	})
	return row + 1
}
