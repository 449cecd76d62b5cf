package formula

import (
	"strconv"
	"strings"
	"sync"
)

// A form says what a command takes, and what becomes of it.
type form uint8

const (
	formUnknown   form = iota
	formFraction       // two arguments
	formSmall          // a fraction on one line
	formBinomial       // two arguments
	formRoot           // an optional degree, and an argument
	formAccent         // an argument; value: the code of a combining character
	formLine           // the same, but on each of its characters
	formBrace          // an argument; value: the side of its label
	formPair           // an argument between two delimiters: value
	formOver           // a label and a base: value is the side of the label
	formArrow          // a label for an arrow
	formArgument       // an argument in an alphabet
	formAlphabet       // an alphabet for the rest of the group
	formText           // words
	formName           // the name of an operator
	formSpace          // as many cells as value is long
	formHide           // an argument that shows as blanks
	formBox            // an argument in a frame
	formSame           // an argument that stands for itself; value: its class
	formDelimiter      // a delimiter that isn't stretched
	formDrop           // an argument that shows as blanks: value
	formIgnore         // nothing
	formColor          // an argument that shows nothing, and then one that stands for itself
	formModulo         // an argument; value: what stands around it
	formNot            // a line through the relation that follows
)

// commandTable has the commands that are no symbols, by their forms: each with a value or none.
const commandTable = `
fraction frac dfrac cfrac
small tfrac sfrac nicefrac
binomial binom dbinom tbinom
root sqrt
accent hat=302 widehat=302 check=30c widecheck=30c tilde=303 widetilde=303 acute=301 grave=300 dot=307 ddot=308 dddot=20db breve=306 bar=304 vec=20d7 mathring=30a
line overline=305 underline=332 underbar=332 overrightarrow=20d7 overleftarrow=20d6 overleftrightarrow=20e1 cancel=338 bcancel=338 xcancel=338 sout=336
brace overbrace=above underbrace=below overbracket=above underbracket=below
pair abs=|| norm=‖‖ ceil=⌈⌉ floor=⌊⌋ set={} ket=|⟩ bra=⟨| paren=() brak=[]
over overset=above underset=below stackrel=above
arrow xrightarrow=→ xleftarrow=← xRightarrow=⇒ xLeftarrow=⇐ xmapsto=↦ xleftrightarrow=↔ xrightleftharpoons=⇌
argument mathrm mathnormal mathit mathsf mathtt mathup mathbf=bold boldsymbol=bold bm=bold bold=bold pmb=bold mathbb=double Bbb=double mathds=double mathcal=script mathscr=script mathfrak=gothic
alphabet rm it sf tt cal=script bf=bold boldmath=bold mit
text text textrm textit textbf textsf texttt textnormal textup textmd textsc mbox hbox fbox textsl emph
name operatorname
space ,=␣ :=␣ >=␣ ;=␣ space=␣ thinspace=␣ medspace=␣ thickspace=␣ enspace=␣ nobreakspace=␣ enskip=␣ quad=␣␣ qquad=␣␣␣␣ hfill=␣␣␣␣
hide phantom hphantom
box boxed
same mathord= mathop=sum mathbin=binary mathrel=relation mathopen=opening mathclose=closing mathpunct=punctuation mathinner= ensuremath= mathstrut= smash= vcenter= operatornamewithlimits=sum
delimiter big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm
drop label vspace require vphantom hspace=␣ mspace=␣
ignore ! displaystyle textstyle scriptstyle scriptscriptstyle nonumber notag negthinspace negmedspace negthickspace allowbreak nobreak relax strut null / - tiny small large Large normalsize
color color textcolor colorbox
modulo pmod=() mod= pod=() bmod=
not not
`

// A command is what the table has of one.
type command struct {
	form  form
	value string
}

var formNames = map[string]form{
	"fraction": formFraction, "small": formSmall, "binomial": formBinomial, "root": formRoot, "accent": formAccent, "line": formLine, "brace": formBrace,
	"pair": formPair, "over": formOver, "arrow": formArrow, "argument": formArgument, "alphabet": formAlphabet, "text": formText, "name": formName, "space": formSpace,
	"hide": formHide, "box": formBox, "same": formSame, "delimiter": formDelimiter, "drop": formDrop, "ignore": formIgnore, "color": formColor,
	"modulo": formModulo, "not": formNot,
}

var commands = sync.OnceValue(func() map[string]command {
	all := map[string]command{}
	for line := range strings.Lines(commandTable) {
		fields := strings.Fields(line)
		for i := 1; i < len(fields); i++ {
			name, value, _ := strings.Cut(fields[i], "=")
			c := command{formNames[fields[0]], strings.ReplaceAll(value, "␣", " ")}
			if c.form == formAccent || c.form == formLine {
				code, _ := strconv.ParseUint(value, 16, 16)
				c.value = string(rune(code))
			}
			all[name] = c
		}
	}
	all[" "], all["\n"] = all[","], all[","]
	return all
})

// command parses what a command takes. It returns nil for one that shows nothing.
func (p *parser) command(name string) *node {
	if s, known := symbols()[name]; known {
		text := s.text
		if s.class == ordinary {
			text = alphabets[p.alphabet].write(text)
		}
		return &node{text: text, class: s.class, isText: s.class == operator || s.class == sum && isASCIILetter(s.text[0])}
	}
	switch name {
	case "begin":
		return p.environment()
	case "left":
		return p.fenced()
	case "tag":
		return p.number()
	case "substack":
		return p.substack()
	}
	c := commands()[name]
	switch c.form {
	case formFraction:
		return &node{kind: fraction, class: quotient, hasRule: true, parts: p.arguments(2)}
	case formSmall:
		return &node{kind: fraction, class: quotient, hasRule: true, small: true, parts: p.arguments(2)}
	case formBinomial:
		return &node{kind: binomial, open: "(", shut: ")", parts: p.arguments(2)}
	case formRoot:
		return p.root()
	case formAccent, formLine:
		return &node{kind: accent, text: c.value, parts: p.arguments(1), everywhere: c.form == formLine}
	case formBrace:
		return &node{kind: brace, class: quotient, above: c.value == "above", parts: p.arguments(1)}
	case formPair:
		delimiters := []rune(c.value)
		return &node{kind: fenced, open: string(delimiters[0]), shut: string(delimiters[1]), parts: p.arguments(1)}
	case formOver:
		return p.over(c.value == "above")
	case formArrow:
		below := p.optionalList()
		return &node{kind: scripts, class: relation, limits: true, parts: []*node{{text: c.value, class: relation}, below, p.argument()}}
	case formArgument:
		return p.inAlphabet(c.value)
	case formAlphabet:
		p.alphabet = c.value
		return nil
	case formText:
		return p.words()
	case formName:
		return p.operatorName()
	case formSpace:
		return &node{kind: space, cells: len(c.value)}
	case formHide:
		return &node{kind: hidden, parts: p.arguments(1)}
	case formBox:
		return &node{kind: framed, parts: p.arguments(1)}
	case formSame:
		return &node{kind: list, class: classNames[c.value], parts: p.arguments(1)}
	case formDelimiter:
		return p.sizedDelimiter(name)
	case formDrop:
		p.accept("*")
		p.name()
		if c.value == "" {
			return nil
		}
		return &node{kind: space, cells: len(c.value)}
	case formIgnore:
		return nil
	case formColor:
		p.name()
		if p.accept("{") {
			return p.rest("}")
		}
		return nil
	case formModulo:
		return p.modulo(name, c.value)
	case formNot:
		return p.not()
	}
	return p.failFor(`\` + name)
}

// number parses the number of a formula: in parentheses, unless a star follows.
func (p *parser) number() *node {
	bare := p.accept("*")
	n := p.words()
	if n.kind != symbol {
		return p.fail()
	}
	n.kind = number
	if !bare {
		n.text = "(" + n.text + ")"
	}
	return n
}

func (p *parser) root() *node {
	degree := p.optionalList()
	return &node{kind: root, parts: []*node{p.argument(), degree}}
}

// over parses a label and the base that it stands above or below.
func (p *parser) over(above bool) *node {
	label, base := p.argument(), p.argument()
	n := &node{kind: scripts, class: base.single().class, limits: true, parts: []*node{base, label, nil}}
	if above {
		n.parts[1], n.parts[2] = nil, label
	}
	return n
}

// inAlphabet parses an argument whose letters are of an alphabet. Letters that belong together are one symbol.
func (p *parser) inAlphabet(name string) *node {
	outer := p.alphabet
	p.alphabet = name
	n := p.argument()
	p.alphabet = outer
	if name != "" || n.kind != list {
		return n
	}
	word := &node{isText: true}
	for _, part := range n.parts {
		if part.kind != symbol || part.class != ordinary {
			return n
		}
		word.text += part.text
	}
	return word
}

// operatorName parses the name of an operator that TeX has no command for. Behind a star it has limits.
func (p *parser) operatorName() *node {
	n := &node{kind: list, class: operator}
	if p.accept("*") {
		n.class = sum
	}
	n.parts = p.arguments(1)
	return n
}

// modulo parses what a remainder is taken by.
func (p *parser) modulo(name, around string) *node {
	if name == "bmod" {
		return &node{text: "mod", class: binary, isText: true}
	}
	n := &node{kind: list, class: relation}
	word := &node{text: "mod", class: operator, isText: true}
	inner := []*node{word, p.argument()}
	if name == "pod" {
		inner = inner[1:]
	}
	if around == "" {
		n.parts = append(n.parts, inner...)
		return n
	}
	n.parts = append(n.parts, &node{kind: fenced, open: "(", shut: ")", parts: []*node{{kind: list, parts: inner}}})
	return n
}

// not strikes out the next symbol.
func (p *parser) not() *node {
	n := p.argument().single()
	if n.kind != symbol {
		return p.fail()
	}
	negated := map[string]string{"=": "≠", "∈": "∉", "∋": "∌", "⊂": "⊄", "⊃": "⊅", "⊆": "⊈", "⊇": "⊉", "≡": "≢", "∃": "∄", "<": "≮", ">": "≯", "≤": "≰", "≥": "≱", "∼": "≁", "≈": "≉", "∣": "∤", "→": "↛", "⇒": "⇏"}
	if text, ok := negated[n.text]; ok {
		return &node{text: text, class: n.class}
	}
	return &node{text: mark(n.text, "\u0338"), class: n.class}
}
