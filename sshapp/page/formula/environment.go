package formula

import "strings"

// An environment is a table between \begin and \end.
type environment struct {
	open, shut  string
	columns     string // as a node has them
	gap         int
	isAlignment bool
	argument    bool // the source of its columns follows, or a count of them
}

// environments has what \begin may name, without the star that means "no numbers".
var environments = map[string]environment{
	"matrix": {gap: 2}, "smallmatrix": {gap: 1}, "pmatrix": {open: "(", shut: ")", gap: 2}, "bmatrix": {open: "[", shut: "]", gap: 2}, "Bmatrix": {open: "{", shut: "}", gap: 2},
	"vmatrix": {open: "|", shut: "|", gap: 2}, "Vmatrix": {open: "‖", shut: "‖", gap: 2}, "array": {gap: 2, argument: true}, "subarray": {argument: true},
	"cases": {open: "{", columns: "l", gap: 2}, "dcases": {open: "{", columns: "l", gap: 2}, "rcases": {shut: "}", columns: "l", gap: 2}, "numcases": {open: "{", columns: "l", gap: 2},
	"aligned": {columns: "rl", isAlignment: true}, "align": {columns: "rl", isAlignment: true}, "split": {columns: "rl", isAlignment: true}, "eqnarray": {columns: "rcl", isAlignment: true},
	"alignat": {columns: "rl", isAlignment: true, argument: true}, "alignedat": {columns: "rl", isAlignment: true, argument: true}, "flalign": {columns: "rl", isAlignment: true},
	"gather": {isAlignment: true}, "gathered": {isAlignment: true}, "equation": {isAlignment: true}, "displaymath": {isAlignment: true}, "multline": {columns: "l", isAlignment: true},
}

// alignment returns the table of a formula's lines: what stands at the top, outside of any environment.
func alignment(columns string, gap int) *node {
	return &node{kind: table, columns: columns, gap: gap, isAlignment: true}
}

// environment parses a table up to its end.
func (p *parser) environment() *node {
	p.enter()
	defer p.leave()
	name := strings.TrimSuffix(p.name(), "*")
	e, known := environments[name]
	if !known {
		return p.failFor(`\begin{` + name + "}")
	}
	p.optional() // where it stands beside a line
	n := &node{kind: table, columns: e.columns, gap: e.gap, isAlignment: e.isAlignment}
	if e.argument {
		spec := p.name()
		if e.columns == "" && strings.Trim(spec, "lcr| ") != "" {
			return p.fail()
		} else if e.columns == "" {
			n.columns = strings.ReplaceAll(spec, " ", "")
		}
	}
	n = p.rows(n)
	if !p.accept(`\end`) || strings.TrimSuffix(p.name(), "*") != name {
		return p.fail()
	}
	if e.open != "" || e.shut != "" {
		return &node{kind: fenced, open: e.open, shut: e.shut, parts: []*node{n}}
	}
	return n
}

// rows parses the rows of a table. One that has a single cell, and is no more than that, is that cell.
func (p *parser) rows(n *node) *node {
	for {
		r := tableRow{rule: p.rule()}
		for {
			cell := p.list()
			cell.parts, r.number = takeNumber(cell.parts, r.number)
			r.cells = append(r.cells, cell)
			if !p.accept("&") {
				break
			}
		}
		n.rows = append(n.rows, r)
		if len(n.rows) > maxRows {
			p.fail()
		}
		if !p.accept(`\\`) && !p.accept(`\cr`) {
			break
		}
		p.accept("*")
		p.optional()
	}
	if last := n.rows[len(n.rows)-1]; len(n.rows) > 1 && last.isEmpty() && !last.rule {
		n.rows = n.rows[:len(n.rows)-1]
	}
	if first := n.rows[0]; n.isAlignment && len(n.rows) > 1 && first.isEmpty() && first.number == nil {
		n.rows = n.rows[1:]
	}
	if only := n.rows[0]; n.isAlignment && len(n.rows) == 1 && len(only.cells) == 1 && only.number == nil {
		return only.cells[0]
	}
	return n
}

// rule passes over lines between two rows.
func (p *parser) rule() bool {
	found := false
	for p.accept(`\hline`) || p.accept(`\toprule`) || p.accept(`\midrule`) || p.accept(`\bottomrule`) {
		found = true
	}
	return found
}

// takeNumber takes what \tag says out of a cell.
func takeNumber(parts []*node, before *node) ([]*node, *node) {
	kept := parts[:0]
	for _, n := range parts {
		if n.kind == number {
			before = n
			continue
		}
		kept = append(kept, n)
	}
	return kept, before
}

// substack parses lines that stand below each other as a limit.
func (p *parser) substack() *node {
	if !p.accept("{") {
		return p.fail()
	}
	p.enter()
	defer p.leave()
	n := p.rows(&node{kind: table})
	if !p.accept("}") {
		return p.fail()
	}
	return n
}
