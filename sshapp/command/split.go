package command

import (
	"strings"
	"unicode/utf8"
)

// Split splits a command line into words at its blanks. Quotes and backslashes mean what they mean in a POSIX shell
// (POSIX.1-2024, Shell Command Language, section 2.2), and nothing else of a shell is supported. ssh joins the arguments of
// a client with blanks, so a word with blanks must be quoted. Time and memory are linear in the length of the line.
func Split(line string) ([]string, error) {
	switch {
	case !utf8.ValidString(line):
		return nil, errorf("a command must be valid UTF-8")
	case strings.ContainsRune(line, 0):
		return nil, errorf("a command must not contain a NUL")
	}
	var words []string
	var word strings.Builder
	begun := false // a word has begun, though it may be empty, as in ''
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
				return nil, errorf("a quote ' is not closed")
			}
			word.WriteString(line[i+1:][:n])
			i += n + 2
		case '"':
			n, ok := doubleQuoted(&word, line[i+1:])
			if !ok {
				return nil, errorf(`a quote " is not closed`)
			}
			i += n + 1
		case '\\':
			if i+1 == len(line) {
				return nil, errorf(`nothing follows the last \`)
			}
			i += 2
			if line[i-1] == '\n' { // a continued line, which begins no word
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

// doubleQuoted appends the text up to a closing double quote to a word. It returns how many bytes of s it has read, the quote
// included, and false if there is no closing quote.
func doubleQuoted(word *strings.Builder, s string) (int, bool) {
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

// Quote returns a word in quotes, so that [Split] returns it unchanged.
func Quote(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }
