package theme

import (
	"fmt"
	"strconv"
	"strings"
)

// A Color is how a terminal is asked for one: none for its own, an index into its palette, or red, green and blue.
type Color uint32

const (
	indexed Color = 1 << 24
	direct  Color = 2 << 24
)

// parseColor reads a color as glamour writes it: "#rrggbb", "#rgb", or an index from 0 to 255.
func parseColor(s string) (Color, error) {
	hex, ok := strings.CutPrefix(s, "#")
	if !ok {
		n, err := strconv.ParseUint(s, 10, 8)
		if err != nil {
			return 0, fmt.Errorf("color %q is neither #rrggbb nor a number from 0 to 255", s)
		}
		return indexed | Color(n), nil
	}
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	n, err := strconv.ParseUint(hex, 16, 24)
	if err != nil || len(hex) != 6 {
		return 0, fmt.Errorf("color %q is not of the form #rrggbb", s)
	}
	return direct | Color(n), nil
}

// needed returns how many colors a terminal must have to show the color: 0, 16, 256 or 1<<24.
func (c Color) needed() int {
	switch {
	case c == 0:
		return 0
	case c&direct != 0:
		return 1 << 24
	case c&0xffffff < 16:
		return 16
	}
	return 256
}

// parameter returns what sets the color: of text for base 30, behind it for 40.
func (c Color) parameter(base int) string {
	v := int(c & 0xffffff)
	switch {
	case c == 0:
		return strconv.Itoa(base + 9)
	case c&direct != 0:
		return fmt.Sprintf("%d;2;%d;%d;%d", base+8, v>>16, v>>8&0xff, v&0xff)
	case v < 8:
		return strconv.Itoa(base + v)
	case v < 16:
		return strconv.Itoa(base + 60 + v - 8) // the bright ones, as aixterm named them
	}
	return fmt.Sprintf("%d;5;%d", base+8, v)
}
