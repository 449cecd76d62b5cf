package document

import (
	"regexp"
	"strings"

	"postern/content/sanitize"
	"postern/content/variables"
	"postern/sshapp/page/markdown"
)

// Templates of Liquid and its like. No template is run: what is simple has its value, and where more is asked for stands a short mark.

// unresolvedMark stands where a template would have written something that isn't known.
const unresolvedMark = "{…}"

var (
	loop    = regexp.MustCompile(`^([\w-]+)\s+in\s`)
	outputs = regexp.MustCompile(`\{\{-?\s*([^{}]*?)\s*-?\}\}`)
)

// template walks a tag of Liquid, and reports whether it is one: in a blog whose generator runs templates all are but those that
// mean something here, and elsewhere only those that no other language has.
func (w *walker) template(t *markdown.Tag, name string) bool {
	expression, isOutput := t.Output()
	kind := t.Statement()
	switch {
	case kind == markdown.RawStatement:
		w.literal = !t.Closes
	case w.literal:
		w.b.text(t.Raw)
	case kind == markdown.AssignStatement:
		w.assign(t)
	case w.lookup == nil:
		if t.IsQuoted() {
			w.b.text(t.Raw)
		}
		return t.IsQuoted()
	case isOutput && (pictureTags[name] || videoTags[name] != "" || tagElements[name] != ""):
		return false
	case isOutput:
		w.output(expression, ignoredTags[name])
	case kind == markdown.ControlStatement:
		if m := loop.FindStringSubmatch(t.Args); m != nil && !t.Closes {
			w.assigned[m[1]] = nil
		}
		if !t.Closes {
			w.unresolved()
		}
	case kind == markdown.CallStatement && pictureSource(name, markdown.ReadArguments(t.Args)) == "":
		w.mark()
	default:
		return false
	}
	return true
}

// assign gives a variable its value, nil for one that isn't simple.
func (w *walker) assign(t *markdown.Tag) {
	name, expression, ok := strings.Cut(t.Args, "=")
	name = strings.TrimSpace(name)
	if t.Name == "capture" {
		w.capture(name, t.Captured)
		return
	}
	if !ok {
		return
	}
	w.assigned[name] = nil
	if v, ok := variables.Evaluate(expression, w.variable); ok {
		w.assigned[name] = &v
	}
}

// capture gives a variable a text, in which there are no templates.
func (w *walker) capture(name, text string) {
	w.assigned[name] = nil
	if !strings.Contains(text, "{{") && !strings.Contains(text, "{%") {
		v := variables.Text(strings.TrimSpace(text))
		w.assigned[name] = &v
	}
}

// variable returns the value of a variable.
func (w *walker) variable(name string) (variables.Value, bool) {
	root, rest, nested := strings.Cut(name, ".")
	v, assigned := w.assigned[root]
	switch {
	case assigned && v == nil, !assigned && w.lookup == nil:
		return variables.Value{}, false
	case assigned && nested:
		return v.Get(rest)
	case assigned:
		return *v, true
	}
	return w.lookup(name)
}

// output walks what a template writes: the text, as a link if it is an address.
func (w *walker) output(expression string, optional bool) {
	s, ok := w.evaluate(expression)
	switch {
	case ok && sanitize.IsAddress(s) && w.b.link == 0 && w.b.begin("a", attrs{href: s}, true):
		w.b.text(s)
		w.b.end("a", true)
	case ok:
		w.b.text(s)
	case !optional:
		w.mark()
	}
}

func (w *walker) evaluate(expression string) (s string, ok bool) {
	v, ok := variables.Evaluate(expression, w.variable)
	if !ok {
		return "", false
	}
	return v.String()
}

// mark sets the mark for what isn't known.
func (w *walker) mark() {
	roles := w.b.roles
	w.b.roles |= Quiet
	w.b.generated(unresolvedMark)
	w.b.roles = roles
	w.unresolved()
}

func (w *walker) unresolved() {
	if !w.b.dropping() {
		w.b.Unresolved = append(w.b.Unresolved, w.b.at)
	}
}

// filled returns a target in which templates have their values, and none if these are not known.
func (w *walker) filled(target string) string {
	if !strings.Contains(target, "{{") {
		return markdown.Unfill(target)
	}
	return markdown.Unfill(outputs.ReplaceAllStringFunc(target, func(tag string) string {
		value, _ := w.evaluate(outputs.FindStringSubmatch(markdown.Refill(tag))[1])
		return value
	}))
}

// expanded returns code with the values in it that are known, and without {% raw %}, between which and its end nothing is one.
func (w *walker) expanded(s string) string {
	if w.lookup == nil || w.literal || !strings.Contains(s, "{{") && !strings.Contains(s, "{%") {
		return s
	}
	var b strings.Builder
	isRaw := false
	for at := 0; at < len(s); {
		end, next := len(s), len(s)
		if m := markdown.RawTag.FindStringIndex(s[at:]); m != nil {
			end, next = at+m[0], at+m[1]
		}
		part := s[at:end]
		if !isRaw {
			part = outputs.ReplaceAllStringFunc(part, func(tag string) string {
				if value, ok := w.evaluate(outputs.FindStringSubmatch(tag)[1]); ok {
					return value
				}
				return tag
			})
		}
		b.WriteString(part)
		at, isRaw = next, !isRaw
	}
	return b.String()
}
