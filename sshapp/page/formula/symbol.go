package formula

import (
	"strings"
	"sync"
)

// The symbols of TeX, LaTeX and amsmath, by their classes: each a command and the character that it stands for. Characters that
// come without a command follow below.
const symbolTable = `
ordinary alpha=α beta=β gamma=γ delta=δ epsilon=ϵ varepsilon=ε zeta=ζ eta=η theta=θ vartheta=ϑ iota=ι kappa=κ varkappa=ϰ lambda=λ mu=μ
ordinary nu=ν xi=ξ omicron=ο pi=π varpi=ϖ rho=ρ varrho=ϱ sigma=σ varsigma=ς tau=τ upsilon=υ phi=ϕ varphi=φ chi=χ psi=ψ omega=ω digamma=ϝ
ordinary Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Upsilon=Υ Phi=Φ Psi=Ψ Omega=Ω
ordinary infty=∞ partial=∂ nabla=∇ forall=∀ exists=∃ nexists=∄ emptyset=∅ varnothing=∅ ell=ℓ hbar=ℏ hslash=ℏ imath=ı jmath=ȷ Re=ℜ Im=ℑ wp=℘
ordinary aleph=ℵ beth=ℶ angle=∠ triangle=△ square=□ Box=□ blacksquare=■ qed=□ Diamond=◇ prime=′ backprime=‵ complement=∁ top=⊤ bot=⊥ neg=¬
ordinary lnot=¬ dots=… ldots=… cdots=⋯ vdots=⋮ ddots=⋱ dotsc=… dotsb=⋯ dotsm=⋯ dotsi=⋯ dotso=… mathellipsis=… checkmark=✓ degree=° surd=√ flat=♭ sharp=♯ natural=♮ clubsuit=♣
ordinary diamondsuit=♢ heartsuit=♡ spadesuit=♠ dag=† ddag=‡ S=§ P=¶ copyright=© pounds=£ yen=¥ backslash=\ _=_ %=% #=# $=$ &=& vert=| |=‖ Vert=‖ lozenge=◊
ordinary sphericalangle=∢ measuredangle=∡ bigstar=★ LaTeX=LaTeX TeX=TeX colon=: blacktriangle=▲ triangledown=▽ circledS=Ⓢ mho=℧ eth=ð intercal=⊺ ss=ß ae=æ oe=œ o=ø aa=å
binary pm=± mp=∓ times=× div=÷ cdot=· ast=∗ star=⋆ circ=∘ bullet=• cap=∩ cup=∪ uplus=⊎ sqcap=⊓ sqcup=⊔ vee=∨ lor=∨ wedge=∧ land=∧ setminus=\
binary *=∗ smallsetminus=\ oplus=⊕ ominus=⊖ otimes=⊗ oslash=⊘ odot=⊙ circledast=⊛ circledcirc=⊚ circleddash=⊝ dagger=† ddagger=‡ amalg=⨿ bigtriangleup=△ bigtriangledown=▽ diamond=⋄
binary triangleleft=◁ triangleright=▷ ltimes=⋉ rtimes=⋊ bowtie=⋈ wr=≀ bigcirc=◯ dotplus=∔ centerdot=· boxplus=⊞ boxminus=⊟ boxtimes=⊠ boxdot=⊡ And=& barwedge=⊼ veebar=⊻
relation le=≤ leq=≤ leqslant=⩽ ge=≥ geq=≥ geqslant=⩾ ne=≠ neq=≠ lt=< gt=> ll=≪ gg=≫ lll=⋘ ggg=⋙ equiv=≡ sim=∼ simeq=≃ approx=≈ cong=≅ propto=∝ varpropto=∝ asymp=≍ doteq=≐ triangleq=≜
relation approxeq=≊ lesssim=≲ gtrsim=≳ lessgtr=≶ gtrless=≷ prec=≺ succ=≻ preceq=⪯ succeq=⪰ preccurlyeq=≼ succcurlyeq=≽ precsim=≾ succsim=≿ in=∈ notin=∉ ni=∋ owns=∋ subset=⊂ supset=⊃
relation subseteq=⊆ supseteq=⊇ subsetneq=⊊ supsetneq=⊋ subsetneqq=⫋ supsetneqq=⫌ nsubseteq=⊈ nsupseteq=⊉ sqsubset=⊏ sqsupset=⊐ sqsubseteq=⊑ sqsupseteq=⊒ mid=∣ nmid=∤ parallel=∥ nparallel=∦
relation perp=⟂ vdash=⊢ dashv=⊣ models=⊨ vDash=⊨ Vdash=⊩ nvdash=⊬ nvDash=⊭ coloneqq=≔ coloneq=≔ eqqcolon=≕ leqq=≦ geqq=≧ nless=≮ ngtr=≯ nleq=≰ ngeq=≱ ncong=≇ nsim=≁ nprec=⊀ nsucc=⊁
relation npreceq=⋠ nsucceq=⋡ lesseqgtr=⋚ gtreqless=⋛ lesseqqgtr=⪋ gtreqqless=⪌ trianglelefteq=⊴ trianglerighteq=⊵ vartriangleleft=⊲ vartriangleright=⊳ smile=⌣ frown=⌢ bumpeq=≏ Bumpeq=≎ circeq=≗ therefore=∴ because=∵
relation to=→ rightarrow=→ leftarrow=← gets=← leftrightarrow=↔ Rightarrow=⇒ Leftarrow=⇐ Leftrightarrow=⇔ longrightarrow=⟶ longleftarrow=⟵ longleftrightarrow=⟷ Longrightarrow=⟹ Longleftarrow=⟸
relation Longleftrightarrow=⟺ implies=⟹ impliedby=⟸ iff=⟺ mapsto=↦ longmapsto=⟼ hookrightarrow=↪ hookleftarrow=↩ uparrow=↑ downarrow=↓ updownarrow=↕ Uparrow=⇑ Downarrow=⇓ Updownarrow=⇕ nearrow=↗ searrow=↘
relation swarrow=↙ nwarrow=↖ leadsto=⇝ rightsquigarrow=⇝ rightharpoonup=⇀ rightharpoondown=⇁ leftharpoonup=↼ leftharpoondown=↽ rightleftharpoons=⇌ leftrightharpoons=⇋ twoheadrightarrow=↠ rightarrowtail=↣ nrightarrow=↛
relation nleftarrow=↚ nleftrightarrow=↮ nRightarrow=⇏ nLeftarrow=⇍ nLeftrightarrow=⇎ circlearrowleft=↺ circlearrowright=↻ rightleftarrows=⇄ leftrightarrows=⇆ rightrightarrows=⇉ multimap=⊸ dashrightarrow=⇢ curvearrowright=↷
opening lbrace={ {={ lbrack=[ langle=⟨ lfloor=⌊ lceil=⌈ lvert=| lVert=‖ lgroup=( llbracket=⟦
closing rbrace=} }=} rbrack=] rangle=⟩ rfloor=⌋ rceil=⌉ rvert=| rVert=‖ rgroup=) rrbracket=⟧
operator sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan arg deg dim exp hom ker lg ln log
sum lim max min sup inf det gcd Pr limsup=lim␣sup liminf=lim␣inf argmax=arg␣max argmin=arg␣min
sum sum=∑ prod=∏ coprod=∐ int=∫ iint=∬ iiint=∭ oint=∮ oiint=∯ bigcup=⋃ bigcap=⋂ bigvee=⋁ bigwedge=⋀ bigoplus=⨁ bigotimes=⨂ bigodot=⨀ biguplus=⨄ bigsqcup=⨆

binary +=+ -=− *=∗
relation === <=< >=> :=:
opening (=( [=[
closing )=) ]=]
punctuation ,=, ;=; .=.
ordinary !=! ?=? /=/ |=|
`

// classNames are the classes of the table.
var classNames = map[string]class{
	"ordinary": ordinary, "operator": operator, "sum": sum, "binary": binary, "relation": relation, "opening": opening, "closing": closing, "punctuation": punctuation,
}

// A sign is what a symbol shows.
type sign struct {
	text  string
	class class
}

var symbols = sync.OnceValue(func() map[string]sign {
	named, _, _ := strings.Cut(symbolTable, "\n\n")
	return readSigns(named)
})

// characters are the symbols that are written as themselves: by their characters.
var characters = sync.OnceValue(func() map[string]sign {
	named, own, _ := strings.Cut(symbolTable, "\n\n")
	all := map[string]sign{}
	for _, s := range readSigns(named) {
		if s.class == relation || s.class == binary || s.class == sum && len(s.text) > 1 && s.text[0] >= 0x80 {
			all[s.text] = s
		}
	}
	for character, s := range readSigns(own) {
		all[character] = s
	}
	return all
})

// readSigns reads lines of the table.
func readSigns(lines string) map[string]sign {
	all := map[string]sign{}
	for line := range strings.Lines(lines) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		for _, f := range fields[1:] {
			at := strings.Index(f[1:], "=") + 1
			if at == 0 {
				all[f] = sign{f, classNames[fields[0]]}
				continue
			}
			all[f[:at]] = sign{strings.ReplaceAll(f[at+1:], "␣", " "), classNames[fields[0]]}
		}
	}
	return all
}
