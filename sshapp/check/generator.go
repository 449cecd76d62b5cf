package check

import (
	"strings"

	"postern/content"
	"postern/content/settings"
)

// Generator returns a line that says which settings are taken from the file of the blog's generator, with its path as path writes
// it; empty if none are.
func Generator(l *content.Library, path func(string) string) string {
	file, keys := l.Generator()
	if len(keys) == 0 {
		return ""
	}
	return path(file) + ": " + strings.Join(keys, ", ") + " taken from here, where " + settings.File + " has none"
}
