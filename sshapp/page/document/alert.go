package document

import (
	"unicode"
	"unicode/utf8"
)

// An alertName is one of the names that generators give alerts: the kind, of the five that GitHub has, and what readers see.
type alertName struct{ kind, label string }

var alertNames = map[string]alertName{
	"note": {"note", "Note"}, "info": {"note", "Info"}, "abstract": {"note", "Abstract"}, "summary": {"note", "Summary"},
	"tldr": {"note", "TL;DR"}, "todo": {"note", "To do"}, "seealso": {"note", "See also"},
	"tip": {"tip", "Tip"}, "hint": {"tip", "Hint"}, "success": {"tip", "Success"}, "check": {"tip", "Check"}, "done": {"tip", "Done"},
	"example":   {"tip", "Example"},
	"important": {"important", "Important"}, "question": {"important", "Question"}, "help": {"important", "Help"}, "faq": {"important", "FAQ"},
	"warning": {"warning", "Warning"}, "attention": {"warning", "Attention"}, "message": {"warning", "Message"}, "alert": {"warning", "Alert"},
	"caution": {"caution", "Caution"}, "danger": {"caution", "Danger"}, "error": {"caution", "Error"}, "failure": {"caution", "Failure"},
	"fail": {"caution", "Failure"}, "bug": {"caution", "Bug"},
}

// newAlertName returns what the name of an alert means. Of one that isn't known the kind is empty.
func newAlertName(name string) alertName {
	if known, ok := alertNames[name]; ok {
		return known
	}
	if name == "" {
		return alertName{label: alertNames["note"].label}
	}
	first, n := utf8.DecodeRuneInString(name)
	return alertName{label: string(unicode.ToUpper(first)) + name[n:]}
}

func isAlertName(name string) bool { return alertNames[name] != alertName{} }
