package content

import (
	"testing"
	"time"

	"postern/content/settings"
)

func TestSchedule(t *testing.T) {
	madrid := "timezone = \"Europe/Madrid\"\n"
	now := time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC)
	for front, want := range map[string]string{
		"date: 2026-11-22 18:00":                                   "publishes in 3 h (2026-11-22 18:00 Europe/Madrid)",
		"date: 2026-11-23":                                         "publishes in 9 h (2026-11-23 00:00 Europe/Madrid)", // midnight there
		"date: 2026-11-22T14:00:30Z":                               "publishes in less than a minute (2026-11-22 15:00 Europe/Madrid)",
		"date: 2026-11-22T14:01:00Z":                               "publishes in 1 min (2026-11-22 15:01 Europe/Madrid)",
		"date: 2026-11-22T15:20:00Z":                               "publishes in 80 min (2026-11-22 16:20 Europe/Madrid)",
		"date: 2026-11-25":                                         "publishes in 2 days (2026-11-25 00:00 Europe/Madrid)",
		"date: 2027-07-01":                                         "publishes in 7 months (2027-07-01 00:00 Europe/Madrid)", // in summer time
		"date: 2036-11-22":                                         "publishes in 10 years (2036-11-22 00:00 Europe/Madrid)",
		"date: 9999-11-22":                                         "publishes in 292 years (9999-11-22 00:00 Europe/Madrid)", // as long as a duration can be
		"date: 2026-01-01":                                         "",
		"date: 2026-01-01\nexpires: 2026-11-24":                    "expires in 33 h (2026-11-24 00:00 Europe/Madrid)",
		"date: 2026-01-01\nexpiryDate: 2026-11-20":                 "expired 3 days ago (2026-11-20 00:00 Europe/Madrid)",
		"date: 2026-12-01\nexpires: 2026-11-30":                    "is never published, since it expires before its date (2026-11-30 00:00 Europe/Madrid)",
		"date: 2026-12-01\ndraft: true":                            "",
		"expires: 2026-11-20":                                      "expired 3 days ago (2026-11-20 00:00 Europe/Madrid)",
		"date: 2026-11-22T18:00:00-05:00\nexpires: 2027-11-22":     "publishes in 9 h (2026-11-23 00:00 Europe/Madrid)",
		"date: 2026-11-22T14:00:00Z\nexpires: 2026-11-22 15:00:01": "expires in less than a minute (2026-11-22 15:00 Europe/Madrid)",
	} {
		l := blog(t, map[string]string{settings.File: madrid, "a.md": "---\ntitle: T\n" + front + "\n---\nx"})
		if got := post(t, l, "a.md").Schedule(now, l.Settings().Location()); got != want {
			t.Errorf("%q:\ngot  %s\nwant %s", front, got, want)
		}
	}
	if got := (&Post{Time: now.Add(time.Hour)}).Schedule(now, time.UTC); got != "publishes in 60 min (2026-11-22 15:00 UTC)" {
		t.Errorf("without settings: %s", got)
	}
}

// What is published changes at the instants that Until names, and at no other.
func TestUntil(t *testing.T) {
	l := blog(t, map[string]string{
		"old.md":      "---\ntitle: T\ndate: 2026-01-01\nexpires: 2026-02-01\n---\nx",
		"b.md":        "---\ntitle: T\ndate: 2026-01-10\n---\nx",
		"unlisted.md": "---\ntitle: T\ndate: 2026-01-20\nunlisted: true\nexpires: 2026-03-01\n---\nx",
		"draft.md":    "---\ntitle: T\ndate: 2026-01-15\ndraft: true\nexpires: 2026-04-01\n---\nx",
		"undated.md":  "---\ntitle: T\n---\nx",
	})
	shown := func(at time.Time) (n int) {
		e := l.At(at)
		for _, address := range []string{"old", "b", "unlisted", "draft", "undated"} {
			if _, ok := e.Find(address); ok {
				n++
			}
		}
		return n
	}
	now := time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC)
	var days []string
	for until := l.At(now).Until(); !until.IsZero(); until = l.At(now).Until() {
		if before, after := shown(until.Add(-1)), shown(until); before == after || before != shown(now) {
			t.Errorf("at %s: %d, just before %d, since %s %d", until, after, before, now, shown(now))
		}
		now = until
		days = append(days, until.Format("01-02"))
	}
	if want := []string{"01-01", "01-10", "01-20", "02-01", "03-01"}; len(days) != len(want) || days[4] != want[4] {
		t.Errorf("it changes on %v", days)
	}
	if !l.All().Until().IsZero() {
		t.Error("what shows everything doesn't change")
	}
}
