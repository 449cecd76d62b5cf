package document

import "regexp"

// A tagMatcher finds out, of tags that are unknown, whether one has an end tag: that of a component has one, and isn't shown. A
// "<T>" that an author forgot to escape has none, and is text.
type tagMatcher struct {
	ends, opened map[string]int // by name: end tags that are still to come, and open tags that wait for one
}

var endTag = regexp.MustCompile(`</([A-Za-z][\w.:-]*)`)

// countEnds counts the end tags in a stretch of HTML.
func (m *tagMatcher) countEnds(source []byte) {
	for _, match := range endTag.FindAllSubmatch(source, -1) {
		m.ends[string(match[1])]++
	}
}

// opens reports whether a start tag has an end tag, and reserves it.
func (m *tagMatcher) opens(name string) bool {
	if m.ends[name] <= m.opened[name] {
		return false
	}
	m.opened[name]++
	return true
}

// closes reports whether an end tag ends an open tag.
func (m *tagMatcher) closes(name string) bool {
	m.ends[name]--
	if m.opened[name] == 0 {
		return false
	}
	m.opened[name]--
	return true
}

func newTagMatcher() tagMatcher { return tagMatcher{map[string]int{}, map[string]int{}} }
