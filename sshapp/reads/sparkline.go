package reads

import "strings"

// blocks are bars of an eighth to all of a cell.
var blocks = []rune("▁▂▃▄▅▆▇█")

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
		b.WriteRune(blocks[(n*len(blocks)+most-1)/most-1])
	}
	return b.String()
}
