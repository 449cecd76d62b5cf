package cell

import "testing"

func TestIsRightToLeft(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "abc": false, "سلام": true, "۴۲ روز": true, "11 نوامبر": true, "«שלום» world": true, "Go در ایران": false, "漢字 سلام": false, "1, 2!": false, "é سلام": false,
	} {
		if got := IsRightToLeft(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

func TestHasRightToLeftWords(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "42 %": true, "שלום": true, "one שלום two three": true, "one שלום two three four": false, "one": false,
	} {
		if got := HasRightToLeftWords(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}
