// Package diagram draws Mermaid's flowcharts and sequence diagrams with the lines and boxes that Unicode has.
//
// A diagram is drawn as a whole, or not at all: what isn't understood is for its reader to see as it was written.
package diagram

import (
	"regexp"
	"slices"
	"strings"

	"postern/sshapp/cell"
)

// labelWidths are the widths, in cells, that texts may have in one attempt after the other to make a diagram narrow enough.
var labelWidths = []int{60, 30, 20, 12}

// Draw returns the lines of a diagram, at most width cells wide. It reports false if it has something that isn't known, or is too
// wide.
func Draw(source string, width int) ([]string, bool) {
	if len(source) > maxSource {
		return nil, false
	}
	title, source := cutFrontMatter(source)
	statements := split(source)
	if len(statements) == 0 {
		return nil, false
	}
	draw := drawers[strings.Fields(statements[0])[0]]
	if draw == nil {
		return nil, false
	}
	for _, most := range labelWidths {
		c, ok := draw(statements, labels(most), width)
		if !ok {
			return nil, false
		}
		if c == nil {
			continue
		}
		lines := c.lines()
		if title != "" {
			lines = slices.Concat(centered(labels(most).read(title), widest(lines)), []string{""}, lines)
		}
		if len(lines) <= maxLines && widest(lines) <= width {
			return lines, true
		}
	}
	return nil, false
}

// frontMatter is YAML above a diagram: its configuration, which changes colors and the like, and its title.
var (
	frontMatter = regexp.MustCompile(`(?s)^\s*---\n(.*?\n)\s*---\n`)
	frontTitle  = regexp.MustCompile(`(?m)^title:[ \t]*(.+?)[ \t]*$`)
)

// cutFrontMatter returns the title that the front matter of a diagram gives, and what is below.
func cutFrontMatter(source string) (title, rest string) {
	m := frontMatter.FindStringSubmatch(source)
	if m == nil {
		return "", source
	}
	if t := frontTitle.FindStringSubmatch(m[1]); t != nil {
		title = strings.Trim(t[1], `'"`)
	}
	return title, source[len(m[0]):]
}

// centered returns lines with what puts them in the middle of a width.
func centered(lines []string, width int) []string {
	for i, line := range lines {
		lines[i] = strings.Repeat(" ", max(width-cell.Width(line), 0)/2) + line
	}
	return lines
}

// A drawer draws a kind of diagram. It returns nil for one that is too wide, and false for one that has something unknown.
type drawer func(statements []string, l labels, width int) (*canvas, bool)

// drawers are by the first word of a diagram.
var drawers = map[string]drawer{"sequenceDiagram": drawSequence, "graph": drawFlowchart, "flowchart": drawFlowchart}

// split returns the statements of a source, without remarks and blank lines. A text between quotes may go over several lines.
func split(source string) []string {
	var all []string
	var statement strings.Builder
	quoted := false
	flush := func() {
		s := strings.TrimSpace(statement.String())
		statement.Reset()
		if s != "" && !strings.HasPrefix(s, "accTitle") && !strings.HasPrefix(s, "accDescr:") {
			all = append(all, s)
		}
	}
	for line := range strings.Lines(source) {
		if !quoted && strings.HasPrefix(strings.TrimSpace(line), "%%") {
			continue
		}
		for _, r := range strings.TrimRight(line, "\n") {
			if r == '"' {
				quoted = !quoted
			}
			if r == ';' && !quoted && !endsInEntity(statement.String()) {
				flush()
				continue
			}
			statement.WriteRune(r)
		}
		if !quoted {
			flush()
		} else {
			statement.WriteByte('\n')
		}
	}
	flush()
	return all
}

// endsInEntity reports whether a statement ends with an entity that lacks its semicolon.
func endsInEntity(statement string) bool {
	return openEntity.MatchString(statement[max(0, len(statement)-maxEntity):])
}

// openEntity is an entity at the end of a text that lacks its semicolon.
var openEntity = regexp.MustCompile(`#[a-z0-9]{1,10}$`)

const maxEntity = 11 // bytes of it
