package sshapp

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"postern/content"
	"postern/content/settings"
	"postern/sshapp/blog"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
)

// A post appears at its time and goes at its time, for who is reading and for who comes, while nothing is loaded again.
func TestSchedule(t *testing.T) {
	lib, err := content.Load(fstest.MapFS{
		settings.File: {Data: []byte("timezone = \"Europe/Madrid\"\n")},
		"old.md":      {Data: []byte("---\ntitle: The old one\ndate: 2026-01-01\n---\nText.")},
		"soon.md":     {Data: []byte("---\ntitle: The new one\ndate: 2026-11-22 13:10\nexpires: 2026-11-23\n---\nText.")}, // 12:10 UTC, to 23:00
	})
	if err != nil {
		t.Fatal(err)
	}
	bubble(t, func(t *testing.T) {
		h := open(t, func(c *Config) {
			c.Blog = &blog.Blog{Edition: blog.Editions(func() *content.Library { return lib }), Theme: theme.Terminal, Pages: page.NewCache(1 << 20)}
			c.Limits.Idle, c.Limits.Life = 0, 0
		})
		r := h.read("", 80, 24)
		shows := func(at string, want bool) {
			t.Helper()
			clock, err := time.Parse(time.DateTime, "2026-11-22 "+at)
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Until(clock))
			r.press("k")
			if got := strings.Contains(r.terminal.Text(), "The new one"); got != want {
				t.Errorf("at %s who reads sees it: %t\n%s", at, got, r.terminal.Text())
			}
			r.sees("The old one")
			late := h.read("soon", 80, 24)
			if got := strings.Contains(late.terminal.Text(), "The new one"); got != want {
				t.Errorf("at %s who comes sees it: %t\n%s", at, got, late.terminal.Text())
			}
			late.client.Close()
		}
		shows("12:09:50", false)
		if until := lib.At(time.Now()).Until(); !until.Equal(time.Date(2026, 11, 22, 12, 10, 0, 0, time.UTC)) {
			t.Errorf("it changes at %s", until)
		}
		shows("12:10:00", true)
		shows("22:59:50", true)
		shows("23:00:00", false)
	})
}
