package pipe

import (
	"strings"
	"unicode/utf8"
)

// split parts a command line into words, as a POSIX shell does with quotes and backslashes (POSIX.1-2024, Shell Command
// Language, section 2.2), and does nothing else of what a shell does: ssh joins a client's arguments with blanks, so quotes
// are all that parts them. It takes time and memory in proportion to the line.
func split(line string) ([]string, error) {
	switch {
	case !utf8.ValidString(line):
		return nil, usageError("a command must be UTF-8")
	case strings.ContainsRune(line, 0):
		return nil, usageError("a command must not hold a NUL")
	}
	var words []string
	var word strings.Builder
	begun := false // a word may be empty, in quotes
	for i := 0; i < len(line); {
		switch b := line[i]; b {
		case ' ', '\t', '\n', '\r':
			if begun {
				words = append(words, word.String())
				word.Reset()
			}
			begun = false
			i++
			continue
		case '\'':
			n := strings.IndexByte(line[i+1:], '\'')
			if n < 0 {
				return nil, usageError("a quote ' isn't closed")
			}
			word.WriteString(line[i+1:][:n])
			i += n + 2
		case '"':
			n, ok := quotation(&word, line[i+1:])
			if !ok {
				return nil, usageError(`a quote " isn't closed`)
			}
			i += n + 1
		case '\\':
			if i+1 == len(line) {
				return nil, usageError(`nothing stands after the last \`)
			}
			i += 2
			if line[i-1] == '\n' { // the line goes on, and that begins no word
				continue
			}
			word.WriteByte(line[i-1])
		default:
			word.WriteByte(b)
			i++
		}
		begun = true
	}
	if begun {
		words = append(words, word.String())
	}
	return words, nil
}

// quotation takes what stands in double quotes, and returns how many bytes that is with the closing one.
func quotation(word *strings.Builder, s string) (int, bool) {
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return i + 1, true
		case s[i] == '\\' && i+1 < len(s) && strings.IndexByte("$`\"\\\n", s[i+1]) >= 0:
			if i++; s[i] != '\n' {
				word.WriteByte(s[i])
			}
		default:
			word.WriteByte(s[i])
		}
	}
	return 0, false
}

// Quote returns a word as a command line must hold it.
func Quote(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }
