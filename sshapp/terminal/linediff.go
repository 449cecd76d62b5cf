package terminal

import "unicode/utf8"

// commonStart scans the line after as far as it looks the same as before. The scanner stops where a new cell begins.
func commonStart(before, after string) lineScanner {
	same := commonPrefix(before, after)
	s := lineScanner{line: after}
	lastCell := s // where the last character begins
	for s.at < same {
		start := s
		if !s.next(same) {
			break
		}
		if s.at > same { // only a part of this token is the same
			s = start
			break
		}
		if s.col > start.col {
			lastCell = start
			if s.at-start.at > 1 && s.line[s.at-1] < utf8.RuneSelf { // a run of ASCII characters
				lastCell.at, lastCell.col = s.at-1, s.col-1
				lastCell.textEnd, lastCell.textPen = lastCell.at, lastCell.pen
			}
		}
	}
	if !beginsCell(before[s.at:]) || !beginsCell(after[s.at:]) {
		return lastCell
	}
	for s.at == len(before) && s.pen == (pen{}) && s.at < len(after) && after[s.at] == ' ' { // cells behind before are blank
		s.at++
		s.filled(1)
	}
	return s
}

// changedPart scans the line after from start to where the rest of both lines looks the same again, or to its end if the lines
// end at different columns. longer reports whether before fills more columns. certain is false if a width is uncertain.
func changedPart(before, after string, start lineScanner) (s lineScanner, longer, certain bool) {
	old := start
	old.line = before
	if start.at > len(before) { // commonStart has passed blanks that before doesn't have
		old.at = len(before)
		old.col -= start.at - len(before)
	}
	oldEnd, newEnd := old, start
	if !oldEnd.advanceToEnd() || !newEnd.advanceToEnd() {
		return newEnd, false, false
	}
	if oldEnd.col != newEnd.col {
		return newEnd, oldEnd.col > newEnd.col, true
	}
	s = start
	same := commonSuffix(before[old.at:], after[s.at:])
	old.advanceTo(len(before) - same)
	s.advanceTo(len(after) - same)
	for {
		oldRest, rest := len(before)-old.at, len(after)-s.at
		if oldRest == rest && (old.pen == s.pen || rest == 0) {
			return s, false, true
		}
		if oldRest >= rest {
			old.advanceTo(old.at + 1)
		}
		if rest >= oldRest {
			s.advanceTo(s.at + 1)
		}
	}
}

func commonPrefix(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

func commonSuffix(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[len(a)-1-i] != b[len(b)-1-i] {
			return i
		}
	}
	return n
}
