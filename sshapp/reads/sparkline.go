package reads

import "strings"

// Name returns what a post is called in lists: its address, or what has many posts.
func Name(post string) string {
	if post == "" {
		return "(feeds and archives)"
	}
	return post
}

// bars are blocks of an eighth to all of a cell.
var bars = []rune("▁▂▃▄▅▆▇█")

// Sparkline returns a line with a bar for each value, the highest as high as the line. A value of 0 is a blank.
func Sparkline(values []int) string {
	most := 0
	for _, n := range values {
		most = max(most, n)
	}
	var b strings.Builder
	for _, n := range values {
		if n <= 0 {
			b.WriteByte(' ')
			continue
		}
		b.WriteRune(bars[(n*len(bars)+most-1)/most-1])
	}
	return b.String()
}
