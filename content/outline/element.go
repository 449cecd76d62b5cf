package outline

import "strings"

// blockElements are the elements of HTML that may begin a block of it: those of CommonMark 0.31, section 4.6, start
// condition 6, and those that authors put on a line of their own, such as img and video.
var blockElements = set(`address article aside audio base blockquote body button canvas caption center col colgroup dd details
	dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe img
	input legend li link main menu menuitem meta nav noframes object ol optgroup option p param picture section source summary
	svg table tbody td tfoot th thead title tr track ul video`)

// otherElements are the other elements of HTML, of which authors use most within their text.
var otherElements = set(`a abbr acronym area b bdi bdo big br cite code data datalist del dfn em embed font hgroup i ins kbd
	label listing map mark marquee math meter nobr noscript output plaintext pre progress q rb rp rt rtc ruby s samp script search select
	slot small span strike strong style sub sup template textarea time tt u var wbr xmp`)

// IsElement reports whether HTML has, or had, an element of that name, which is in lower case.
func IsElement(name string) bool { return blockElements[name] || otherElements[name] }

func set(words string) map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		all[word] = true
	}
	return all
}

// Tag returns the name of the HTML element, in lower case, with whose start or end tag s begins. It is empty if s begins with
// something else, such as <T>.
func Tag(s string) string {
	rest, ok := strings.CutPrefix(s, "<")
	if !ok {
		return ""
	}
	rest = strings.TrimPrefix(rest, "/")
	n := 0
	for n < len(rest) && n < maxElement && isAlphanumeric(rest[n]) {
		n++
	}
	name := strings.ToLower(rest[:n])
	if !IsElement(name) {
		return ""
	}
	return name
}

// maxElement bounds the names that are looked up, in bytes. The longest above have 10.
const maxElement = 12

// isBlockTag reports whether a line that begins with < begins with the tag of a block.
func isBlockTag(line string) bool {
	name := Tag(line)
	if !blockElements[name] {
		return false
	}
	rest := strings.TrimPrefix(line[1:], "/")[len(name):]
	return rest == "" || strings.IndexByte("\t\n\f\r />", rest[0]) >= 0
}
