package formula

import (
	"cmp"
	"strings"
	"sync"
)

// The words for what a formula shows, by the character. Others have the names of their commands, such as alpha.
const wordTable = `
+ plus
− minus
± plus or minus
∓ minus or plus
× times
· times
∗ star
÷ divided by
/ over
= equals
≠ is not equal to
< is less than
> is greater than
≤ is less than or equal to
⩽ is less than or equal to
≥ is greater than or equal to
⩾ is greater than or equal to
≪ is much less than
≫ is much greater than
≡ is congruent to
≈ is about
∼ is like
∝ is proportional to
:= is defined as
≔ is defined as
∈ in
∉ not in
∋ contains
⊂ is a subset of
⊆ is a subset of or equal to
⊃ is a superset of
⊇ is a superset of or equal to
∪ union
∩ intersected with
\ without
∣ given
∤ does not divide
∥ is parallel to
⟂ is perpendicular to
→ to
⟶ to
↦ maps to
← from
↔ to and from
⇒ implies
⟹ implies
⇐ follows from
⟸ follows from
⇔ if and only if
⟺ if and only if
∀ for all
∃ there is
∄ there is no
¬ not
∧ and
∨ or
⊕ circled plus
⊗ circled times
⊙ circled dot
⊖ circled minus
∘ composed with
∞ infinity
∂ partial
∇ nabla
∅ the empty set
… and so on
⋯ and so on
⋮ and so on
⋱ and so on
! factorial
′ prime
″ double prime
‴ triple prime
ℝ the reals
ℕ the naturals
ℤ the integers
ℚ the rationals
ℂ the complex numbers
ℓ l
° degrees
∴ therefore
∵ because
∑ sum
∏ product
∐ coproduct
∫ integral
∬ double integral
∭ triple integral
∮ contour integral
⋃ union
⋂ intersection
lim limit
max maximum
min minimum
sup supremum
inf infimum
log log
ln natural log
gcd greatest common divisor
det determinant
⟨ (
⟩ )
⌊ the floor of
⌋ end of floor
⌈ the ceiling of
⌉ end of ceiling
| bar
‖ double bar
≃ is about
≐ is about
≅ is congruent to
≢ is not congruent to
≜ is defined as
≮ is not less than
≯ is not greater than
∌ does not contain
⊊ is a proper subset of
⊋ is a proper superset of
⊄ is not a subset of
⊈ is not a subset of
≺ precedes
≻ follows
⪯ precedes or equals
≼ precedes or equals
⪰ follows or equals
≽ follows or equals
⊢ proves
⊨ models
⊤ top
⊥ bottom
⟼ maps to
↪ is embedded in
↠ maps onto
⟵ from
⟷ to and from
⇌ in equilibrium with
⇝ leads to
↑ up arrow
↓ down arrow
⋀ and
⋁ or
⨁ direct sum
⨂ tensor product
⋆ star
• bullet
∠ angle
△ triangle
□ square
† dagger
✓ check mark
∁ complement
ℏ h bar
ℜ real part
ℑ imaginary part
sin sine
cos cosine
tan tangent
cot cotangent
sec secant
csc cosecant
sinh hyperbolic sine
cosh hyperbolic cosine
tanh hyperbolic tangent
arcsin arc sine
arccos arc cosine
arctan arc tangent
`

var spokenWords = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for name, s := range symbols() {
		if plain := strings.TrimPrefix(name, "var"); plain != name && symbols()[plain].text != "" {
			name = plain // ε is an epsilon, whichever of its two forms it has
		}
		if old := all[s.text]; s.class != opening && s.class != closing && (old == "" || name < old) && isASCIILetter(name[0]) && s.text[0] >= 0x80 {
			all[s.text] = name
		}
	}
	for line := range strings.Lines(wordTable) {
		if character, spoken, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			all[character] = spoken
		}
	}
	return all
})

// alphabetPhrases say which alphabet a letter is of.
var alphabetPhrases = map[string]string{"bold": "bold %s", "double": "double-struck %s", "script": "script %s", "gothic": "fraktur %s"}

// word returns the words for what a symbol shows.
func (s *speaker) word(text string) string {
	if spoken, ok := spokenWords()[text]; ok {
		if c := spoken[0]; len(text) == 2 && text[0] >= 0xc0 && c >= 'A' && c <= 'Z' {
			return s.language.Say("capital %s", s.language.Say(strings.ToLower(spoken)))
		}
		return s.language.Say(spoken)
	}
	of := ""
	plain := strings.Map(func(r rune) rune {
		letter, name := plainLetter(r)
		of = cmp.Or(of, name)
		return letter
	}, text)
	if of == "" {
		return text
	}
	return s.language.Say(alphabetPhrases[of], s.word(plain))
}

// A phrasePair is how something is said of a part that is a single symbol, and of others, of which is said where they end.
type phrasePair struct{ short, long string }

// choicePhrases are for binomials, by the delimiter in front: n above k as one, and as a Stirling number of the first and second kind.
var choicePhrases = map[string]phrasePair{
	"(": {"%s choose %s", "%s choose %s end of choice"},
	"[": {"%s cycle %s", "%s cycle %s end of choice"},
	"{": {"%s subset %s", "%s subset %s end of choice"},
}

// fencePhrases are for two delimiters that mean something.
var fencePhrases = map[string]phrasePair{
	"||": {"the absolute value of %s", "the absolute value of %s end of absolute value"},
	"‖‖": {"the norm of %s", "the norm of %s end of norm"},
	"⌊⌋": {"the floor of %s", "the floor of %s end of floor"},
	"⌈⌉": {"the ceiling of %s", "the ceiling of %s end of ceiling"},
}

// accentPhrases are for marks.
var accentPhrases = map[string]string{
	"\u0302": "%s hat",
	"\u030c": "%s check",
	"\u0303": "%s tilde",
	"\u0301": "%s acute",
	"\u0300": "%s grave",
	"\u0307": "%s dot",
	"\u0308": "%s double dot",
	"\u20db": "%s triple dot",
	"\u0306": "%s breve",
	"\u0304": "%s bar",
	"\u20d7": "%s vector",
	"\u030a": "%s ring",
	"\u0305": "%s bar",
	"\u0332": "%s underlined",
	"\u20d6": "%s vector to the left",
	"\u20e1": "%s vector both ways",
	"\u0338": "%s struck out",
	"\u0336": "%s struck out",
}

// A tablePhrase introduces a table of one row, or of more, and says where it ends.
type tablePhrase struct{ one, other, end string }

// tablePhrases are by the delimiter in front of a table; "" for none.
var tablePhrases = map[string]tablePhrase{
	"(": {"a matrix of %d row:", "a matrix of %d rows:", "end of matrix"},
	"[": {"a matrix of %d row:", "a matrix of %d rows:", "end of matrix"},
	"|": {"a determinant of %d row:", "a determinant of %d rows:", "end of determinant"},
	"{": {"a choice of %d row:", "a choice of %d rows:", "end of choice"},
	"":  {"a table of %d row:", "a table of %d rows:", "end of table"},
}
