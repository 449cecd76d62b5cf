package bidi

import (
	"strings"
	"unicode/utf8"
)

const (
	nonJoiner = "\u200c"
	tatweel   = 'ـ' // joins on both sides, and has one form
	lam       = 'ل'
)

// A letter is how an Arabic letter joins: the first of its presentation forms (isolated, final, initial, medial), which have successive
// code points, and how many there are. One with two joins the letter before it alone.
type letter struct {
	form  rune
	forms int
}

// letters are the letters that have presentation forms in Unicode: those of Arabic, Persian, Urdu, and most of Kurdish and Uyghur.
var letters = [0x6d4]letter{
	'آ': {0xfe81, 2}, 'أ': {0xfe83, 2}, 'ؤ': {0xfe85, 2}, 'إ': {0xfe87, 2}, 'ئ': {0xfe89, 4}, 'ا': {0xfe8d, 2}, 'ب': {0xfe8f, 4},
	'ة': {0xfe93, 2}, 'ت': {0xfe95, 4}, 'ث': {0xfe99, 4}, 'ج': {0xfe9d, 4}, 'ح': {0xfea1, 4}, 'خ': {0xfea5, 4}, 'د': {0xfea9, 2}, 'ذ': {0xfeab, 2},
	'ر': {0xfead, 2}, 'ز': {0xfeaf, 2}, 'س': {0xfeb1, 4}, 'ش': {0xfeb5, 4}, 'ص': {0xfeb9, 4}, 'ض': {0xfebd, 4}, 'ط': {0xfec1, 4}, 'ظ': {0xfec5, 4},
	'ع': {0xfec9, 4}, 'غ': {0xfecd, 4}, 'ف': {0xfed1, 4}, 'ق': {0xfed5, 4}, 'ك': {0xfed9, 4}, 'ل': {0xfedd, 4}, 'م': {0xfee1, 4}, 'ن': {0xfee5, 4},
	'ه': {0xfee9, 4}, 'و': {0xfeed, 2}, 'ى': {0xfeef, 2}, 'ي': {0xfef1, 4},
	'ٱ': {0xfb50, 2}, 'ٹ': {0xfb66, 4}, 'ٺ': {0xfb5e, 4}, 'ٻ': {0xfb52, 4}, 'پ': {0xfb56, 4}, 'ٿ': {0xfb62, 4}, 'ڀ': {0xfb5a, 4}, 'ڃ': {0xfb76, 4},
	'ڄ': {0xfb72, 4}, 'چ': {0xfb7a, 4}, 'ڇ': {0xfb7e, 4}, 'ڈ': {0xfb88, 2}, 'ڌ': {0xfb84, 2}, 'ڍ': {0xfb82, 2}, 'ڎ': {0xfb86, 2}, 'ڑ': {0xfb8c, 2},
	'ژ': {0xfb8a, 2}, 'ڤ': {0xfb6a, 4}, 'ڦ': {0xfb6e, 4}, 'ک': {0xfb8e, 4}, 'ڭ': {0xfbd3, 4}, 'گ': {0xfb92, 4}, 'ڱ': {0xfb9a, 4}, 'ڳ': {0xfb96, 4},
	'ں': {0xfb9e, 2}, 'ڻ': {0xfba0, 4}, 'ھ': {0xfbaa, 4}, 'ۀ': {0xfba4, 2}, 'ہ': {0xfba6, 4}, 'ۅ': {0xfbe0, 2}, 'ۆ': {0xfbd9, 2}, 'ۇ': {0xfbd7, 2},
	'ۈ': {0xfbdb, 2}, 'ۉ': {0xfbe2, 2}, 'ۋ': {0xfbde, 2}, 'ی': {0xfbfc, 4}, 'ې': {0xfbe4, 4}, 'ے': {0xfbae, 2}, 'ۓ': {0xfbb0, 2},
}

// formsOf returns how many forms a letter has; 0 for what is no letter here.
func formsOf(r rune) int {
	if int(r) >= len(letters) {
		return 0
	}
	return letters[r].forms
}

// lamAlefs are the ligatures of lam with what it must join, isolated; the final form is the next code point.
var lamAlefs = map[rune]rune{'آ': 0xfef5, 'أ': 0xfef7, 'إ': 0xfef9, 'ا': 0xfefb}

// join replaces letters by the forms in which they join their neighbours, and lam with an alef by their ligature. It returns how many
// cells that saves: the alef's unit is left empty.
func join(units []unit) (saved int) {
	joined := false // the letter before joins this one
	for i := range units {
		u, next := &units[i], unit{}
		if i+1 < len(units) {
			next = units[i+1]
		}
		joins := joinsNext(*u) && joinsBefore(next.first)
		alef := rune(0)
		if joins && u.first == lam {
			alef = lamAlefs[next.first]
		}
		switch {
		case u.text == "": // an alef
		case alef != 0:
			u.text = presentation(alef+step(joined)) + after(*u) + after(next)
			units[i+1].text = ""
			joins = false
			saved++
		case formsOf(u.first) > 0:
			form := letters[u.first].form + step(joined)
			if joins {
				form += 2
			}
			u.text = presentation(form) + after(*u)
		}
		joined = joins
	}
	return saved
}

// firstForm is the first code point of presentation forms, and forms are all of them, so that none of them is allocated.
const firstForm = 0xfb50

var forms = func() string {
	var b strings.Builder
	for r := rune(firstForm); r <= 0xfefc; r++ {
		b.WriteRune(r)
	}
	return b.String()
}()

// presentation returns a presentation form, which has three bytes in UTF-8.
func presentation(form rune) string {
	at := 3 * (form - firstForm)
	return forms[at : at+3]
}

// after returns what stands behind a unit's first character: vowels and other marks.
func after(u unit) string { return u.text[utf8.RuneLen(u.first):] }

// step is how far a form that joins the letter before is from the one that doesn't.
func step(joined bool) rune {
	if joined {
		return 1
	}
	return 0
}

// joinsNext reports whether a letter joins the one behind it if that joins it.
func joinsNext(u unit) bool {
	return (u.first == tatweel || formsOf(u.first) == 4) && !strings.Contains(u.text, nonJoiner)
}

// joinsBefore reports whether a letter joins the one before it if that joins it.
func joinsBefore(first rune) bool { return first == tatweel || formsOf(first) > 1 }
