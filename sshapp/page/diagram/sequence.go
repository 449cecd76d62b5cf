package diagram

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
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
	e := event{from: s.person(strings.TrimSuffix(m[1], "()")), to: s.person(strings.TrimPrefix(m[3], "()")), label: s.read(m[4]), dashed: strings.HasPrefix(m[2], "--")}
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
