package document

import (
	"unicode"
	"unicode/utf8"
)

// alertOf has the kinds of alerts, of the five that GitHub has, by the names that generators give them.
var alertOf = map[string]string{
	"note": "note", "info": "note", "abstract": "note", "summary": "note", "tldr": "note", "todo": "note", "seealso": "note",
	"tip": "tip", "hint": "tip", "success": "tip", "check": "tip", "done": "tip", "example": "tip",
	"important": "important", "question": "important", "help": "important", "faq": "important",
	"warning": "warning", "attention": "warning", "message": "warning", "alert": "warning",
	"caution": "caution", "danger": "caution", "error": "caution", "failure": "caution", "fail": "caution", "bug": "caution",
}

// capital returns a text that is not empty with its first letter in upper case.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
