package page

// Accented returns the theme with headings, links and the marks of lists in one color, which is "#rrggbb" or a number from
// 0 to 255. A theme without colors stays without.
func (t *Theme) Accented(accent string) (*Theme, error) {
	c, err := parseColor(accent)
	if err != nil {
		return nil, err
	}
	if t.Colors == 0 {
		return t, nil
	}
	a := *t
	for i := range a.headings {
		a.headings[i].fg = c
	}
	a.link.fg, a.item.fg, a.number.fg = c, c, c
	a.Colors = max(t.Colors, c.needs())
	return &a, nil
}
