package content

import (
	"strings"
	"testing"
	"time"

	"postern/content/problem"
)

func TestDates(t *testing.T) {
	madrid, err := time.LoadLocation("Europe/Madrid")
	if err != nil {
		t.Fatal(err)
	}
	const noon = "2024-03-05T12:34:56Z"
	for _, c := range []struct{ text, day, at string }{
		{"2024-03-05", "2024-03-05", "2024-03-04T23:00:00Z"},
		{"2024-3-5", "2024-03-05", "2024-03-04T23:00:00Z"},
		{"2024/03/05", "2024-03-05", "2024-03-04T23:00:00Z"},
		{"05.03.2024", "2024-03-05", "2024-03-04T23:00:00Z"},
		{"2024-03-05 13:34:56 +0100", "2024-03-05", noon},
		{"2024-03-05 1:34:56 -1100", "2024-03-05", noon},
		{"2024-03-05 13:34:56 +01:00", "2024-03-05", noon},
		{"2024-03-05T12:34:56Z", "2024-03-05", noon},
		{"2024-03-05T12:34:56.000Z", "2024-03-05", noon},
		{"2024-03-05T13:34:56+01:00", "2024-03-05", noon},
		{"2024-03-05T13:34:56", "2024-03-05", noon},
		{"2024-03-05 13:34:56", "2024-03-05", noon},
		{"2024-03-05 13:34", "2024-03-05", "2024-03-05T12:34:00Z"},
		{"2024-03-05 13:34:56 CET", "2024-03-05", noon},
		{"2024-03-05 12:34:56 UTC", "2024-03-05", noon},
		{"2024-03-05 06:34:56 America/Chicago", "2024-03-05", noon},
		{"2024-03-05 01:34:56 PM", "2024-03-05", noon},
		{"Mar 05 2024", "2024-03-05", "2024-03-04T23:00:00Z"},
		{"Mar 5 2024", "2024-03-05", "2024-03-04T23:00:00Z"},
		{"March 05 2024", "2024-03-05", "2024-03-04T23:00:00Z"},
		{"March 5th, 2024", "2024-03-05", "2024-03-04T23:00:00Z"},
		{"Mar 05, 2024 13:34:56", "2024-03-05", noon},
		{"05 Mar 2024", "2024-03-05", "2024-03-04T23:00:00Z"},
		{"5 March 2024", "2024-03-05", "2024-03-04T23:00:00Z"},
		{"Tue, 05 Mar 2024 12:34:56 GMT", "2024-03-05", noon},
		{"Tue Mar 05 2024 13:34:56 GMT+0100 (Central European Standard Time)", "2024-03-05", noon},
		{"Sept 1, 2024", "2024-09-01", "2024-08-31T22:00:00Z"},
		{"1709642096", "2024-03-05", noon},
		{"1709642096000", "2024-03-05", noon},
		{"2024-02-29", "2024-02-29", "2024-02-28T23:00:00Z"},
		{"2024-12-31T23:30:00-11:00", "2024-12-31", "2025-01-01T10:30:00Z"}, // never shifted
	} {
		d, doubt := parseDate(c.text, madrid)
		if doubt != "" || d.day != c.day || d.at.UTC().Format(time.RFC3339) != c.at {
			t.Errorf("%s: %s, %s, %q; want %s, %s", c.text, d.day, d.at.UTC().Format(time.RFC3339), doubt, c.day, c.at)
		}
	}
	for text, want := range map[string]dateDoubt{
		"2023-13-45": notADay, "2023-02-29": notADay, "soon": notADay, "": notADay, "2024": notADay, "2024-03": notADay,
		"8/1/2025": ambiguous, "25/12/2025": ambiguous, "0": notADay, "-1": notADay, "Foo 5 2024": notADay, "March 2024": notADay,
		"20240305": notADay, "99999-01-01": notADay, "2024-03-05-06": noClock, "2024-03-05 25:00": noClock,
		"2024-03-05 10:00 XYZ": noClock, "2024-03-05 lunch": noClock, "2024-03-05 10:00 +9999": noClock, "2024-03-05 10:00 ../../etc/passwd": noClock,
	} {
		if d, doubt := parseDate(text, madrid); doubt != want {
			t.Errorf("%s: doubt %q (%s), want %q", text, doubt, d.day, want)
		}
	}
}

// A date that is none is an error that says what to write, and the file's name serves instead.
func TestDateFallsBack(t *testing.T) {
	for _, c := range []struct{ name, text, day, problem string }{
		{"2024-01-02-x.md", "---\ndate: 2023-13-45\n---\nx\n", "2024-01-02", "is not a day"},
		{"2024-01-02-x.md", "---\ndate: 8/1/2025\n---\nx\n", "2024-01-02", "may be a day of two months"},
		{"x.md", "---\ndate: soon\ncreated: 2024-02-03\n---\nx\n", "2024-02-03", "is not a day"},
		{"x.md", "---\ndate: {created: 2024-02-03, updated: 2024-02-04}\n---\nx\n", "2024-02-03", ""},
		{"x.md", "---\npath: /2024/2/3/x\n---\nx\n", "2024-02-03", ""},
		{"2024-02-03/x.md", "x\n", "2024-02-03", ""},
		{"2024/02/03/x.md", "x\n", "2024-02-03", ""},
		{"x-2024-02-03.md", "x\n", "2024-02-03", ""},
		{"2024-2-3Topic.md", "x\n", "2024-02-03", ""},
		{"2024-02-03_x.md", "---\ndate: 2024-02-04\n---\nx\n", "2024-02-04", ""},
		{"x.md", "x\n", "", ""},
	} {
		l := blog(t, map[string]string{c.name: c.text})
		p := post(t, l, c.name)
		e, _ := worst(l.Problems(), problem.Error)
		if p.Day != c.day || !strings.Contains(e.Message, c.problem) || c.problem == "" && e.Message != "" {
			t.Errorf("%s: %s; %s", c.name, p.Day, e)
		}
		if c.problem != "" && (e.Line != 2 || !strings.Contains(e.Hint, "YYYY-MM-DD")) {
			t.Errorf("%s: %s", c.name, e)
		}
	}
}
