package bidi

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// baseLevel returns the level of a paragraph: 1 if its first letter is right-to-left, else 0 (rules P2 and P3).
func baseLevel(units []unit) uint8 {
	for _, u := range units {
		switch u.class {
		case bidi.L:
			return 0
		case bidi.R, bidi.AL:
			return 1
		}
	}
	return 0
}

// strong returns the class of letters of a level.
func strong(level uint8) bidi.Class {
	if level%2 == 1 {
		return bidi.R
	}
	return bidi.L
}

// resolve sets the levels of a paragraph. There are no embeddings and isolates in it: what is loaded has none.
func resolve(units []unit, base uint8) {
	resolveWeak(units, strong(base))
	resolveBrackets(units, base)
	resolveNeutral(units, strong(base))
	for i := range units { // rules I1 and I2
		u := &units[i]
		switch u.class {
		case bidi.L:
			u.level = base + base%2
		case bidi.R:
			u.level = 1
		default:
			u.level = 2
		}
	}
}

// resolveWeak resolves numbers and what stands in and beside them (rules W1 to W7). start is the direction before the first unit.
func resolveWeak(units []unit, start bidi.Class) {
	previous, last := start, start // the class of the unit before, and of the last letter
	for i := range units {
		u := &units[i]
		switch u.class {
		case bidi.NSM, bidi.BN:
			u.class = previous
		case bidi.EN:
			if last == bidi.AL {
				u.class = bidi.AN
			}
		case bidi.L, bidi.R, bidi.AL:
			last = u.class
		}
		previous = u.class
	}
	for i := range units {
		if u := &units[i]; u.class == bidi.AL {
			u.class = bidi.R
		}
	}
	for i := 1; i+1 < len(units); i++ {
		a, u, b := units[i-1].class, &units[i], units[i+1].class
		if a == b && (u.class == bidi.CS && (a == bidi.EN || a == bidi.AN) || u.class == bidi.ES && a == bidi.EN) {
			u.class = a
		}
	}
	for i := 0; i < len(units); i++ {
		end := i
		for end < len(units) && units[end].class == bidi.ET {
			end++
		}
		if end > i && (i > 0 && units[i-1].class == bidi.EN || end < len(units) && units[end].class == bidi.EN) {
			setClass(units[i:end], bidi.EN)
		}
		i = max(i, end-1)
	}
	last = start
	for i := range units {
		switch u := &units[i]; u.class {
		case bidi.ES, bidi.ET, bidi.CS:
			u.class = bidi.ON
		case bidi.L, bidi.R:
			last = u.class
		case bidi.EN:
			if last == bidi.L {
				u.class = bidi.L
			}
		}
	}
}

func setClass(units []unit, class bidi.Class) {
	for i := range units {
		units[i].class = class
	}
}

// direction returns the direction that a class has for the neutral characters beside it; ON for none.
func direction(class bidi.Class) bidi.Class {
	switch class {
	case bidi.EN, bidi.AN:
		return bidi.R
	case bidi.L, bidi.R:
		return class
	}
	return bidi.ON
}

// maxBrackets is how many brackets may be open (UAX #9, BD16).
const maxBrackets = 63

// resolveBrackets gives both brackets of a pair one direction (rule N0).
func resolveBrackets(units []unit, base uint8) {
	for _, p := range pairs(units) {
		inside := bidi.ON
		for _, u := range units[p[0]+1 : p[1]] {
			if d := direction(u.class); d == strong(base) {
				inside = d
				break
			} else if d != bidi.ON {
				inside = d
			}
		}
		if inside == bidi.ON {
			continue
		}
		if inside != strong(base) && lastDirection(units[:p[0]], strong(base)) != inside {
			inside = strong(base)
		}
		units[p[0]].class, units[p[1]].class = inside, inside
	}
}

// lastDirection returns the direction of the last unit that has one, or that of the paragraph.
func lastDirection(units []unit, start bidi.Class) bidi.Class {
	for _, u := range slices.Backward(units) {
		if d := direction(u.class); d != bidi.ON {
			return d
		}
	}
	return start
}

// pairs returns the pairs of brackets, in the order of their first ones.
func pairs(units []unit) [][2]int {
	var open []int
	var all [][2]int
	for i, u := range units {
		if u.class != bidi.ON {
			continue
		}
		properties, n := bidi.LookupString(u.text)
		switch {
		case !properties.IsBracket():
		case properties.IsOpeningBracket():
			if len(open) == maxBrackets {
				return nil
			}
			open = append(open, i)
		default:
			opening := bidi.ReverseString(u.text[:n])
			for k, at := range slices.Backward(open) {
				if string(units[at].first) == opening {
					all, open = append(all, [2]int{at, i}), open[:k]
					break
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b [2]int) int { return a[0] - b[0] })
	return all
}

// resolveNeutral gives a run of neutral characters the direction of both its neighbours, or that of the paragraph (rules N1 and N2).
func resolveNeutral(units []unit, base bidi.Class) {
	for i := 0; i < len(units); {
		if direction(units[i].class) != bidi.ON {
			i++
			continue
		}
		end := i
		for end < len(units) && direction(units[end].class) == bidi.ON {
			end++
		}
		a, b := base, base
		if i > 0 {
			a = direction(units[i-1].class)
		}
		if end < len(units) {
			b = direction(units[end].class)
		}
		if a != b {
			a = base
		}
		setClass(units[i:end], a)
		i = end
	}
}

// reorder puts the units from left to right (rule L2).
func reorder(units []unit) {
	for level := uint8(2); level > 0; level-- {
		for i := 0; i < len(units); i++ {
			end := i
			for end < len(units) && units[end].level >= level {
				end++
			}
			slices.Reverse(units[i:end])
			i = max(i, end-1)
		}
	}
}
