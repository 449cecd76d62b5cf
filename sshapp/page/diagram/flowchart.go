package diagram

import (
	"regexp"
	"slices"
	"strings"
)

// A flowchart is boxes with arrows between them.
type flowchart struct {
	labels
	boxes     []flowBox
	arrows    []arrow
	groups    []group
	direction string          // such as LR; may be empty
	open      int             // the group that is open
	named     map[string]bool // the ids of arrows
}

// A flowBox is a box of a flowchart.
type flowBox struct {
	id    string
	label []string
	group int      // that it stands in
	title []string // of a group that is drawn as a box
}

// An arrow leads from one box to another.
type arrow struct {
	from, to int
	label    []string
	dashed   bool
	head     string // at its end: >, x, o, or nothing for a line
	tail     string // at its beginning
	hidden   bool   // it only says what stands below what
}

var (
	flowID = regexp.MustCompile(`^[\p{L}\p{N}_](?:[\p{L}\p{N}_.]|-[\p{L}\p{N}_])*`)

	// flowArrow has an arrow with its text in it, or between two bars behind it, or without any.
	flowArrow = regexp.MustCompile(`^\s*(?:([\w-]+)@)?([<xo]?)(--|==|-\.|~~~)(?:(\s+[^|>\s-][^|]*?|\s*"[^"|]*")\s*(?:--+|==+|\.+-)|[-=.]*)([>xo]?)(?:\s*\|([^|]*)\|)?\s*`)

	flowHead  = regexp.MustCompile(`^(?:graph|flowchart)(?: (TB|TD|BT|LR|RL))?$`)
	flowStyle = regexp.MustCompile(`^(?:classDef|class|style|linkStyle|click|direction)\s`)
	flowAttrs = regexp.MustCompile(`^@\{([^}]*)\}`)
	attrLabel = regexp.MustCompile(`\blabel:\s*("[^"]*"|[^,]*)`)
	attrImage = regexp.MustCompile(`\bimg:`)
	flowClass = regexp.MustCompile(`^:::[\w-]+`)
)

// shapes are the brackets around the text of a box, the longer ones first.
var shapes = [][2]string{
	{"(((", ")))"}, {"([", "])"}, {"((", "))"}, {"[[", "]]"}, {"[(", ")]"}, {"{{", "}}"}, {"[/", "/]"}, {"[/", "\\]"}, {"[\\", "\\]"}, {"[\\", "/]"}, {"[", "]"}, {"(", ")"}, {"{", "}"}, {">", "]"},
}

// parseFlowchart reports false if one of the statements isn't known.
func parseFlowchart(statements []string, l labels) (*flowchart, bool) {
	f := &flowchart{labels: l, groups: []group{{parent: -1}}, named: map[string]bool{}}
	for _, statement := range statements {
		if flowStyle.MatchString(statement) {
			continue
		}
		if !f.statement(statement) || len(f.boxes) > maxBoxes || len(f.arrows) > maxArrows || len(f.groups) > maxGroups {
			return nil, false
		}
	}
	return f, len(f.boxes) > 0 && f.open == 0
}

// statement reads boxes with arrows between them, "A & B --> C --> D", or the beginning or the end of a group.
func (f *flowchart) statement(rest string) bool {
	if m := groupBegin.FindStringSubmatch(rest); m != nil {
		f.begin(m[1])
		return true
	}
	if rest == "end" {
		return f.end()
	}
	if id, attrs, ok := strings.Cut(rest, "@{"); ok && f.named[id] {
		return strings.HasSuffix(attrs, "}")
	}
	from, rest, ok := f.group(rest)
	for ok && rest != "" {
		m := flowArrow.FindStringSubmatch(rest)
		if m == nil {
			return false
		}
		f.named[m[1]] = true
		a := arrow{dashed: m[3] == "-.", head: m[5], tail: strings.Replace(m[2], "<", ">", 1), hidden: m[3] == "~~~"}
		if text := m[4] + m[6]; text != "" {
			a.label = f.read(text)
		}
		var to []int
		to, rest, ok = f.group(rest[len(m[0]):])
		for _, a.from = range from {
			for _, a.to = range to {
				if a.from == a.to {
					return false
				}
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
	if id == "" || id == "subgraph" || id == "end" {
		return 0, "", false
	}
	rest = rest[len(id):]
	box = slices.IndexFunc(f.boxes, func(b flowBox) bool { return b.id == id })
	if box < 0 {
		box = len(f.boxes)
		f.boxes = append(f.boxes, flowBox{id: id, label: f.read(id)})
	}
	if f.boxes[box].group == 0 {
		f.boxes[box].group = f.open
	}
	if m := flowAttrs.FindStringSubmatch(rest); m != nil {
		if label := attrLabel.FindStringSubmatch(m[1]); label != nil {
			f.boxes[box].label = f.read(label[1])
		}
		rest = rest[len(m[0]):]
		return box, rest, !attrImage.MatchString(m[1])
	}
	if label, behind, found := cutShape(rest); found {
		f.boxes[box].label = f.read(label)
		rest = behind
	} else if rest != "" && strings.ContainsAny(rest[:1], "[({") {
		return 0, "", false
	}
	return box, strings.TrimPrefix(rest, flowClass.FindString(rest)), true
}

// cutShape returns the text between the brackets that a source begins with, and what is behind them.
func cutShape(source string) (text, behind string, ok bool) {
	opening := ""
	for _, shape := range shapes {
		inside, found := strings.CutPrefix(source, shape[0])
		if !found || ok && shape[0] != opening {
			continue
		}
		begin := 0
		if strings.HasPrefix(inside, `"`) {
			if begin = strings.Index(inside[1:], `"`); begin < 0 {
				return "", "", false
			}
		}
		end := strings.Index(inside[begin:], shape[1])
		if end < 0 || ok && begin+end >= len(text) {
			continue
		}
		opening, ok = shape[0], true
		text, behind = inside[:begin+end], inside[begin+end+len(shape[1]):]
	}
	return text, behind, ok
}

// drawFlowchart is a drawer. A chain that is to be drawn from left to right, or from right to left, and fits, is drawn so, and all others from top
// to bottom, whichever direction they ask for: a text has lines of little width, and as many of them as it takes.
func drawFlowchart(statements []string, lb labels, width int) (*canvas, bool) {
	f, ok := parseFlowchart(statements[1:], lb)
	head := flowHead.FindStringSubmatch(statements[0])
	if !ok || head == nil {
		return nil, false
	}
	f.direction = head[1]
	if c, ok := f.draw(0, width); c != nil || !ok {
		return c, ok
	}
	f.direction = ""
	return f.draw(0, width)
}
