package diagram

import (
	"regexp"
	"slices"
	"strings"
)

// A flowchart is boxes with arrows between them.
type flowchart struct {
	labels
	boxes  []flowBox
	arrows []arrow
}

// A flowBox is a box of a flowchart.
type flowBox struct {
	id    string
	label []string
}

// An arrow leads from one box to another.
type arrow struct {
	from, to int
	label    []string
	dashed   bool
	head     string // at its end: >, x, o, or nothing for a line
	tail     string // at its beginning
}

var (
	flowID = regexp.MustCompile(`^[\p{L}\p{N}_](?:[\p{L}\p{N}_.]|-[\p{L}\p{N}_])*`)

	// flowArrow has an arrow with its text in it, or between two bars behind it, or without any.
	flowArrow = regexp.MustCompile(`^\s*([<xo]?)(--|==|-\.)(?:\s+([^|>-][^|]*?)\s*(?:--+|==+|\.+-)|[-=.]*)([>xo]?)(?:\s*\|([^|]*)\|)?\s*`)

	flowHead  = regexp.MustCompile(`^(?:graph|flowchart)(?: (?:TB|TD|BT|LR|RL))?$`)
	flowStyle = regexp.MustCompile(`^(?:classDef|class|style|linkStyle)\s`)
	flowClass = regexp.MustCompile(`^:::[\w-]+`)
)

// shapes are the brackets around the text of a box, the longer ones first.
var shapes = [][2]string{
	{"(((", ")))"}, {"([", "])"}, {"((", "))"}, {"[[", "]]"}, {"[(", ")]"}, {"{{", "}}"}, {"[/", "/]"}, {"[\\", "\\]"}, {"[", "]"}, {"(", ")"}, {"{", "}"}, {">", "]"},
}

// parseFlowchart reports false if one of the statements isn't known.
func parseFlowchart(statements []string, l labels) (*flowchart, bool) {
	f := &flowchart{labels: l}
	for _, statement := range statements {
		if flowStyle.MatchString(statement) {
			continue
		}
		if !f.statement(statement) || len(f.boxes) > maxBoxes || len(f.arrows) > maxArrows {
			return nil, false
		}
	}
	return f, len(f.boxes) > 0
}

// statement reads boxes with arrows between them: "A & B --> C --> D".
func (f *flowchart) statement(rest string) bool {
	from, rest, ok := f.group(rest)
	for ok && rest != "" {
		m := flowArrow.FindStringSubmatch(rest)
		if m == nil {
			return false
		}
		a := arrow{dashed: m[2] == "-.", head: m[4], tail: strings.Replace(m[1], "<", ">", 1)}
		if text := m[3] + m[5]; text != "" {
			a.label = f.read(text)
		}
		var to []int
		to, rest, ok = f.group(rest[len(m[0]):])
		for _, a.from = range from {
			for _, a.to = range to {
				f.arrows = append(f.arrows, a)
			}
		}
		from = to
	}
	return ok
}

// group reads boxes between which & stands.
func (f *flowchart) group(rest string) (boxes []int, behind string, ok bool) {
	for {
		i, behind, ok := f.box(strings.TrimSpace(rest))
		if !ok {
			return nil, "", false
		}
		boxes = append(boxes, i)
		behind = strings.TrimSpace(behind)
		if !strings.HasPrefix(behind, "&") {
			return boxes, behind, true
		}
		rest = behind[1:]
	}
}

// box reads a box: its id, with its text in brackets if it has one.
func (f *flowchart) box(rest string) (box int, behind string, ok bool) {
	id := flowID.FindString(rest)
	if id == "" || id == "subgraph" || id == "end" || id == "direction" || id == "click" {
		return 0, "", false
	}
	rest = rest[len(id):]
	box = slices.IndexFunc(f.boxes, func(b flowBox) bool { return b.id == id })
	if box < 0 {
		box = len(f.boxes)
		f.boxes = append(f.boxes, flowBox{id: id, label: f.read(id)})
	}
	for _, shape := range shapes {
		inside, found := strings.CutPrefix(rest, shape[0])
		if !found {
			continue
		}
		begin := 0
		if strings.HasPrefix(inside, `"`) {
			if begin = strings.Index(inside[1:], `"`); begin < 0 {
				return 0, "", false
			}
		}
		end := strings.Index(inside[begin:], shape[1])
		if end < 0 {
			return 0, "", false
		}
		f.boxes[box].label = f.read(inside[:begin+end])
		rest = inside[begin+end+len(shape[1]):]
		break
	}
	return box, strings.TrimPrefix(rest, flowClass.FindString(rest)), true
}

// drawFlowchart is a drawer. It draws all flowcharts from top to bottom, whichever direction they ask for: a text has lines of little
// width, and as many of them as it takes.
func drawFlowchart(statements []string, lb labels, width int) (*canvas, bool) {
	f, ok := parseFlowchart(statements[1:], lb)
	if !ok || !flowHead.MatchString(statements[0]) {
		return nil, false
	}
	l, ok := newLayers(f)
	if !ok {
		return nil, false
	}
	if !l.place(width) {
		return nil, true
	}
	return l.draw(), true
}
