package date

import (
	"strings"
	"time"

	"postern/content/sanitize"
)

// addTime completes a day with what follows it in the text: nothing, or a time that may have a zone.
func addTime(y, m, d int, rest string, zone *time.Location) (Date, Fault) {
	midnight := time.Date(y, time.Month(m), d, 0, 0, 0, 0, zone)
	on := Date{time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Format(time.DateOnly), midnight}
	rest = strings.TrimSpace(rest)
	if rest == "" {
		return on, ""
	}
	hour, minute, second, nano, rest, ok := cutTime(strings.TrimLeft(rest, "Tt, "))
	if !ok {
		return on, BadTime
	}
	zone, ok = parseZone(strings.TrimSpace(rest), zone)
	if !ok {
		return on, BadTime
	}
	on.Time = time.Date(y, time.Month(m), d, hour, minute, second, nano, zone)
	return on, ""
}

// cutTime takes 15:04, 15:04:05 or 3:04:05.123 pm off the front of s.
func cutTime(s string) (hour, minute, second, nano int, rest string, ok bool) {
	h, s, ok := cutNumber(s)
	if !ok || h.digits > 2 || !strings.HasPrefix(s, ":") {
		return 0, 0, 0, 0, s, false
	}
	m, s, ok := cutNumber(s[1:])
	if !ok || m.digits != 2 {
		return 0, 0, 0, 0, s, false
	}
	var sec number
	if strings.HasPrefix(s, ":") {
		if sec, s, ok = cutNumber(s[1:]); !ok || sec.digits != 2 {
			return 0, 0, 0, 0, s, false
		}
		if len(s) > 1 && (s[0] == '.' || s[0] == ',') && sanitize.IsDigit(s[1]) {
			nano, s = cutFraction(s[1:])
		}
	}
	t := strings.TrimSpace(s)
	if len(t) >= 2 && (len(t) == 2 || t[2] == ' ') && h.value >= 1 && h.value <= 12 {
		switch strings.ToLower(t[:2]) {
		case "am":
			h.value, s = h.value%12, t[2:]
		case "pm":
			h.value, s = h.value%12+12, t[2:]
		}
	}
	return h.value, m.value, sec.value, nano, s, h.value < 24 && m.value < 60 && sec.value < 60
}

// cutFraction takes the fraction of a second off the front of s, in nanoseconds.
func cutFraction(s string) (nano int, rest string) {
	i, scale := 0, 100_000_000
	for ; i < len(s) && sanitize.IsDigit(s[i]); i++ {
		nano += int(s[i]-'0') * scale
		scale /= 10
	}
	return nano, s[i:]
}
