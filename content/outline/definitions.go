package outline

import "strings"

// maxDefinitions bounds the labels that are kept of a body. Those of further definitions count as not defined.
const maxDefinitions = 1000

// definitions are the labels that a body defines as links (CommonMark, section 4.7), such as [text] by "[text]: https://example.com".
type definitions struct {
	body   string
	labels map[string]bool // with their brackets; nil until one is asked for
}

// has reports whether the body defines a label, which stands in its brackets. The body is read once, when it is first asked for one:
// a search for each would take quadratic time.
func (d *definitions) has(label string) bool {
	if d.labels == nil {
		d.labels = d.read()
	}
	return d.labels[label]
}

func (d *definitions) read() map[string]bool {
	labels := map[string]bool{}
	for line := range strings.Lines(d.body) {
		if line[0] != '[' || strings.HasPrefix(line, "[^") { // which is a footnote
			continue
		}
		if end := strings.IndexByte(line, ']'); end > 0 && strings.HasPrefix(line[end:], "]:") {
			labels[line[:end+1]] = true
		}
		if len(labels) == maxDefinitions {
			break
		}
	}
	return labels
}
