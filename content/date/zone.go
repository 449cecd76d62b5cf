package date

import (
	"strconv"
	"strings"
	"time"

	"postern/content/sanitize"
)

// zoneHours are the hours east of UTC of the abbreviations that mean the same zone in every blog: those of RFC 5322, and some
// more.
var zoneHours = map[string]float64{
	"Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
	"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "BST": 1,
	"JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "ACST": 9.5, "AWST": 8, "NZST": 12, "NZDT": 13,
}

// parseZone reads Z, +0100, +01:00, +01, GMT+0100, CET, or an IANA name. An empty text means fallback.
func parseZone(s string, fallback *time.Location) (*time.Location, bool) {
	s, _, _ = strings.Cut(s, "(") // JavaScript: GMT+0100 (Central European Standard Time)
	s = strings.TrimSpace(s)
	if s == "" {
		return fallback, true
	}
	if t := strings.TrimPrefix(strings.TrimPrefix(s, "GMT"), "UTC"); t != "" && (t[0] == '+' || t[0] == '-') {
		t, _, _ = strings.Cut(t, " ") // Go: +0100 CET
		return parseOffset(t)
	}
	if hours, ok := zoneHours[strings.ToUpper(s)]; ok {
		return time.FixedZone(s, int(hours*3600)), true
	}
	if strings.Contains(s, "/") {
		zone, err := time.LoadLocation(s)
		return zone, err == nil
	}
	return nil, false
}

// parseOffset reads a sign with one, two or four digits behind it, which may have a colon between hours and minutes.
func parseOffset(s string) (*time.Location, bool) {
	digits := strings.Replace(s[1:], ":", "", 1)
	n, err := strconv.Atoi(digits)
	if err != nil || !sanitize.IsDigit(digits[0]) {
		return nil, false
	}
	switch len(digits) {
	case 1, 2:
		n *= 100
	case 4:
	default:
		return nil, false
	}
	if n/100 > 23 || n%100 > 59 {
		return nil, false
	}
	seconds := n/100*3600 + n%100*60
	if s[0] == '-' {
		seconds = -seconds
	}
	return time.FixedZone("", seconds), true
}
