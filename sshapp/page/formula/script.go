package formula

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// The characters that Unicode has raised and lowered, each in front of its plain one. A comma has neither, and is understood
// between two that are.
const (
	raisedTable  = "⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9⁺+⁻−⁼=⁽(⁾)ᵃaᵇbᶜcᵈdᵉeᶠfᵍgʰhⁱiʲjᵏkˡlᵐmⁿnᵒoᵖpʳrˢsᵗtᵘuᵛvʷwˣxʸyᶻzᴬAᴮBᴰDᴱEᴳGᴴHᴵIᴶJᴷKᴸLᴹMᴺNᴼOᴾPᴿRᵀTᵁUⱽVᵂWᵝβᵞγᵟδᵠφᵡχ′′″″‴‴°∘*∗††‡‡ᵀ⊤"
	loweredTable = "₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9₊+₋−₌=ₐaₑeₕhᵢiⱼjₖkₗlₘmₙnₒoₚpᵣrₛsₜtᵤuᵥvₓxᵦβᵧγᵨρᵩφᵪχ,,"
)

var (
	raised  = sync.OnceValue(func() map[rune]rune { return pairs(raisedTable) })
	lowered = sync.OnceValue(func() map[rune]rune { return pairs(loweredTable) })
)

// pairs reads a table: the characters by the plain ones behind them.
func pairs(s string) map[rune]rune {
	of := map[rune]rune{}
	for len(s) > 0 {
		shifted, n := utf8.DecodeRuneInString(s)
		plain, m := utf8.DecodeRuneInString(s[n:])
		of[plain] = shifted
		s = s[n+m:]
	}
	return of
}

// shift returns a script in raised or lowered characters. It reports false if Unicode lacks one of them, and for what is hard to read:
// parentheses, but for those around all of it.
func shift(s string, of map[rune]rune) (string, bool) {
	if strings.LastIndexByte(s, '(') > 0 {
		return "", false
	}
	var b strings.Builder
	for _, r := range s {
		shifted, ok := of[r]
		if !ok {
			return "", false
		}
		b.WriteRune(shifted)
	}
	return strings.NewReplacer("′′′", "‴", "′′", "″").Replace(b.String()), s != "" && s != ","
}

// enclosed returns a script as it stands behind ^ or _: in parentheses if it is more than one thing.
func enclosed(s string, n *node) string {
	if n = n.single(); n.kind == symbol || n.kind == fenced && n.open != "" && n.shut != "" || utf8.RuneCountInString(s) == 1 {
		return s
	}
	return "(" + s + ")"
}
