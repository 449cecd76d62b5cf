package date

import (
	"testing"
	"time"
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
		d, fault := Parse(c.text, madrid)
		if fault != "" || d.Day != c.day || d.Time.UTC().Format(time.RFC3339) != c.at {
			t.Errorf("%s: %s, %s, %q; want %s, %s", c.text, d.Day, d.Time.UTC().Format(time.RFC3339), fault, c.day, c.at)
		}
	}
	for text, want := range map[string]Fault{
		"2023-13-45": NotADay, "2023-02-29": NotADay, "soon": NotADay, "": NotADay, "2024": NotADay, "2024-03": NotADay,
		"8/1/2025": Ambiguous, "25/12/2025": Ambiguous, "12/25/2025": Ambiguous, "13/25/2026": NotADay, "31/2/2026": NotADay, "0": NotADay, "-1": NotADay, "Foo 5 2024": NotADay, "March 2024": NotADay,
		"20240305": NotADay, "99999-01-01": NotADay, "2024-03-05-06": BadTime, "2024-03-05 25:00": BadTime,
		"2024-03-05 10:00 XYZ": BadTime, "2024-03-05 lunch": BadTime, "2024-03-05 10:00 +9999": BadTime, "2024-03-05 10:00 ../../etc/passwd": BadTime,
	} {
		if d, fault := Parse(text, madrid); fault != want {
			t.Errorf("%s: fault %q (%s), want %q", text, fault, d.Day, want)
		}
	}
}
