package formula

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"postern/sshapp/cell"
	"postern/sshapp/phrase"
)

func TestInline(t *testing.T) {
	for _, tt := range []struct{ source, want string }{
		{`x`, "x"},
		{`a+b=c`, "a + b = c"},
		{`-1+(-2)=-3`, "−1 + (−2) = −3"},
		{`x_1^2`, "x₁²"},
		{`x_{n+1}`, "xₙ₊₁"},
		{`x_{a,b}`, "x_(a,b)"},
		{`a_{i,j}`, "aᵢ,ⱼ"},
		{`x^{\lambda}y`, "x^λ y"},
		{`W_Q`, "W_Q"},
		{`\pi^*W_\tau^*(x)`, "π*W*_τ (x)"},
		{`K(x, .)\ \ \ y\qquad\qquad z`, "K(x, .)   y    z"},
		{`\\{a\\} \circledast \left\\{b\right\\}`, "{a} ⊛ {b}"},
		{`x_\text{best}`, "x_best"},
		{`f''(x)`, "f″(x)"},
		{`f^{(n)}(x)`, "f⁽ⁿ⁾(x)"},
		{`a\_{ij}+\text{max\_len}`, "aᵢⱼ + max_len"},
		{`\frac{1}{2}`, "1/2"},
		{`\frac12x`, "1/2 x"},
		{`\frac{a+b}{2c}`, "(a+b)/(2c)"},
		{`\frac{dy}{dx}`, "dy/dx"},
		{`\frac{P(A)}{P(B)}`, "P(A)/P(B)"},
		{`{n \over k}+{n \choose k}`, "n/k + (n choose k)"},
		{`\sqrt{2}+\sqrt[3]{x+1}`, "√2 + ³√(x+1)"},
		{`\sum_{i=1}^n x_i`, "∑ᵢ₌₁ⁿ xᵢ"},
		{`\lim_{x\to 0}\frac{\sin x}{x}`, "lim_(x→0) (sin x)/x"},
		{`O(n\log n)`, "O(n log n)"},
		{`\log_2(n)`, "log₂(n)"},
		{`\mathbb{R}^n \ni \mathbf{x}`, "ℝⁿ ∋ 𝐱"},
		{`\mathrm{Var}(X)`, "Var(X)"},
		{`\hat{x}\bar y\overline{AB}`, "x\u0302y\u0304A\u0305B\u0305"},
		{`\hat{AB}`, "hat(AB)"},
		{`\overline{a+b}`, "overline(a + b)"},
		{`\max(a,b)`, "max(a, b)"},
		{`\frac{1}{n(n+1)}.`, "1/(n(n+1))."},
		{`\abs{x}`, "|x|"},
		{`a \equiv b \pmod{n}`, "a ≡ b (mod n)"},
		{`a \bmod n = x_{a\bmod n}`, "a mod n = x_(a mod n)"},
		{`a \not= b \not\in C`, "a ≠ b ∉ C"},
		{`\left\{ x \mid x > 0 \right\}`, "{x ∣ x > 0}"},
		{`\bigl( x \bigr. \bigl. y \bigr|_a`, "(xy|ₐ"},
		{`\bigl( a \bigr] \big/ \bigl| b \bigr|^2 \bigm| \big( c`, "(a]/|b|² | (c"},
		{`\log\Big(x\Big)^2`, "log(x)²"},
		{`a, ..., b`, "a, …, b"},
		{`0.\overline{14} + 0.\dot{3} = x.`, "0.1\u03054\u0305 + 0.3\u0307 = x."},
		{`0.\dot3 + 0.\bar 3 = 1.\barwedge`, "0.3\u0307 + 0.3\u0304 = 1. ⊼"},
		{`\overline{a_1\cdots a_n}`, "a\u0305₁\u0305⋯\u0305a\u0305ₙ\u0305"},
		{`x^{\underline{m+1}}`, "x^(m\u0332+\u03321\u0332)"},
		{`1/\cosh x + a/-b`, "1/cosh x + a/−b"},
		{`x := 1`, "x := 1"},
		{`1{,}000 \,\mathrm{km}`, "1,000 km"},
		{`f(x)=\begin{cases}1&x>0\\0&\text{otherwise}\end{cases}`, "f(x) = {1, x > 0; 0, otherwise"},
		{`\begin{pmatrix}a&b\\c&d\end{pmatrix}`, "(a, b; c, d)"},
		{`\text{if $x$ is 3, 是}`, "if x is 3, 是"},
		{`速度 = \frac{距離}{時間}`, "速度 = 距離/時間"},
		{`x % a remark
			+ 1`, "x + 1"},
		{`100\%`, "100%"},
	} {
		if got, ok := Inline(tt.source); !ok || got != tt.want {
			t.Errorf("%s is set as %q, %t; want %q", tt.source, got, ok, tt.want)
		}
	}
}

func TestUnknown(t *testing.T) {
	for _, source := range []string{
		`\foo`, `x + \foo{y}`, `\frac{1}`, `{x`, `x}`, `\left( x`, `\begin{foo}x\end{foo}`, `\begin{matrix}x`, `\begin{matrix}x\end{cases}`, `x^1^2`, `\text{a\b}`,
		`\def\x{y}`, `\sqrt`, `x_`, `#1`, `a $ b`, `\`, `\left`, `5 a day for two people or`, strings.Repeat("x", maxSource+1), strings.Repeat("{", maxDepth+1) + strings.Repeat("}", maxDepth+1),
	} {
		if got, ok := Inline(source); ok {
			t.Errorf("%.40s is set as %q", source, got)
		}
		if got, ok := Display(source, 80); ok {
			t.Errorf("%.40s is set as %q", source, got)
		}
		if got, ok := Speak(source, nil); ok {
			t.Errorf("%.40s is spoken as %q", source, got)
		}
	}
}

func TestDisplay(t *testing.T) {
	for _, tt := range []struct {
		name, source string
		width        int
		want         string
	}{
		{"fraction", `x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}`, 40, `
           ________
     −b ± √b² − 4ac
x = ────────────────
           2a`},
		{"limits", `\sum_{i=1}^{n} i = \int_0^\infty f(x)\,dx`, 40, `
 n      ∞
 ∑  i = ∫ f(x) dx
i=1     0`},
		{"cases", `|x|=\begin{cases}x&x\ge 0\\-x&x<0\end{cases}`, 40, `
|x| = ⎧ x   x ≥ 0
      ⎩ −x  x < 0`},
		{"matrix", `A=\begin{bmatrix}1&2&3\\4&5&6\\7&8&9\end{bmatrix}`, 40, `
    ⎡1  2  3⎤
A = ⎢4  5  6⎥
    ⎣7  8  9⎦`},
		{"delimiters", `\left(\frac{a}{b}\right)^2`, 40, `
⎛ a ⎞²
⎜───⎟
⎝ b ⎠`},
		{"large delimiters", `O\Big(\frac{a}{b}\Big) = \Big|\frac{c}{d}\Big|`, 40, `
 ⎛ a ⎞   │ c │
O⎜───⎟ = │───│
 ⎝ b ⎠   │ d │`},
		{"a pair of which one is a dot", `\bigl( \frac{x}{y} \bigr.`, 40, `
⎛ x
⎜───
⎝ y`},
		{"evaluated", `\frac{dy}{dx}\bigg\rvert_{x=0} = F\Big|_0^1`, 40, `
 dy │
────│    = F|₀¹
 dx │ₓ₌₀`},
		{"braces side by side", `a\underbrace{x+y}_1\underbrace{z}_2`, 40, `
a x + y  z
  ╰─┬─╯ ╰┬╯
    1    2`},
		{"struck out and underlined", `\cancel{\frac{a}{b}} \underline{a + b}`, 40, `
 a̸
─̸─̸─̸a + b
 b̸ ‾‾‾‾‾`},
		{"root", `\sqrt[n]{\frac{a}{b}}`, 40, `
  ┌───
  │ a
  │───
ⁿ╲│ b`},
		{"scripts", `e^{-x/2} W_Q^T`, 40, `
 −x/2 T
e    W
      Q`},
		{"aligned", `\begin{aligned}(a+b)^2&=a^2+2ab+b^2\\&\ge 0\end{aligned}`, 40, `
(a + b)² = a² + 2ab + b²
         ≥ 0`},
		{"a blank line above", `\\ \begin{cases}a&b\\c&d\end{cases}`, 40, `
⎧ a  b
⎩ c  d`},
		{"number", `E=mc^2 \tag{1}`, 30, `
           E = mc²         (1)`},
		{"brace", `\underbrace{a+\dots+z}_{26}`, 40, `
a + … + z
╰───┬───╯
   26`},
		{"array", `\begin{array}{c|c}x&y\\\hline 1&2\end{array}`, 40, `
x │ y
─────
1 │ 2`},
		{"broken", `f(x)=aaaaaaaa+bbbbbbbb=cccccccc`, 20, `
f(x) = aaaaaaaa
    + bbbbbbbb
    = cccccccc`},
		{"aligned and broken", `\begin{aligned}f&=aaaaaaaa+bbbbbbbb&\text{by }a\\&=c\end{aligned}`, 17, `
f = aaaaaaaa
      + bbbbbbbb
      by a

  = c`},
		{"indented and broken", `\begin{aligned}ffffffff&=aaaaaaaa\\&=bbbbbbbb\end{aligned}`, 17, `
ffffffff
    = aaaaaaaa

    = bbbbbbbb`},
		{"broken at a wide space", `a=b+c\quad d=e+f`, 13, `
a = b + c
    d = e + f`},
		{"broken between braces", `\color{red}{aaaaaaaa=bbbbbbbb}`, 14, `
aaaaaaaa
    = bbbbbbbb`},
		{"broken within delimiters", `f\left(\frac{aaaaaa}{2}+\frac{bbbbbb}{2}\right)^2`, 17, `
   aaaaaa
f(────────
     2

       bbbbbb
    + ──────── )²
         2`},
		{"wide characters", `\frac{距離}{t}=速`, 40, `
 距離
────── = 速
  t`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lines, ok := Display(tt.source, tt.width)
			if !ok {
				t.Fatal("not set")
			}
			got := ""
			for i, line := range lines {
				if w := cell.Width(line); w != cell.Width(lines[0]) || w > tt.width {
					t.Errorf("line %d has %d cells", i, w)
				}
				got += "\n" + strings.TrimRight(line, " ")
			}
			if got != tt.want {
				t.Errorf("got:%s\nwant:%s", got, tt.want)
			}
		})
	}
}

// TestFitLeavesTree: a formula that is broken within its delimiters can be set once more.
func TestFitLeavesTree(t *testing.T) {
	tree, _ := parse(`x=\left(a+b+c+d+e+f\right)^2`)
	first, ok := fit(tree, 18)
	if !ok || len(first.rows) < 2 {
		t.Fatalf("it is not broken: %q", first.rows)
	}
	if second, _ := fit(tree, 18); !slices.Equal(second.rows, first.rows) {
		t.Errorf("set as %q, then as %q", first.rows, second.rows)
	}
}

func TestTooWide(t *testing.T) {
	for _, source := range []string{`\frac{aaaaaaaaaaaa}{b}`, `\begin{matrix}aaaaaa&bbbbbb\end{matrix}`, `E=mc^2\tag{twelve}`} {
		if lines, ok := Display(source, 10); ok {
			t.Errorf("%s is set in 10 cells:\n%s", source, strings.Join(lines, "\n"))
		}
	}
}

func TestSpeak(t *testing.T) {
	for _, tt := range []struct{ source, want string }{
		{`\sum_{i=1}^n x_i^2`, "the sum from i equals 1 to n of x sub i squared"},
		{`\frac{a}{b}`, "a over b"},
		{`\frac{a+1}{b}`, "the fraction a plus 1 over b"},
		{`x=\frac{1}{2a}`, "x equals the fraction 1 over 2 a end of fraction"},
		{`\sqrt{x}`, "the square root of x"},
		{`\sqrt[3]{x+1}`, "the cube root of x plus 1 end of root"},
		{`e^{-x}`, "e to the power of negative x end of power"},
		{`\int_0^\infty f(x)\,dx`, "the integral from 0 to infinity of f (x) d x"},
		{`\lim_{x\to 0} f'(x)`, "the limit as x approaches 0 of f prime (x)"},
		{`\Gamma \in \mathbb{R}, \mathbf v`, "capital gamma in the reals, bold v"},
		{`\left|x\right| \le \binom{n}{k}`, "the absolute value of x is less than or equal to n choose k"},
		{`\begin{cases}1&x>0\\0&\text{otherwise}\end{cases}`, "a choice of 2 rows: 1, x is greater than 0; 0, otherwise, end of choice"},
		{`\begin{pmatrix}1&\\&2\end{pmatrix}`, "a matrix of 2 rows: 1, blank; blank, 2, end of matrix"},
		{`\begin{array}{c}1\end{array}`, "a table of 1 row: 1, end of table"},
		{`\sum_{\substack{i<n\\j<n}} i`, "the sum over i is less than n; j is less than n of i"},
		{`x'_{n} := \varphi,\quad {n\brack k} = \varepsilon \tag{4}`, "x prime sub n is defined as phi, n cycle k equals epsilon, number 4"},
		{`F\Big|_0^1 = \frac{dy}{dx}\bigg\rvert_{x=0}`, "F evaluated from 0 to 1 equals the fraction d y over d x end of fraction evaluated at x equals 0"},
		{`3{,}14^2, 1,2`, "3,14 squared, 1, 2"},
		{`a - b - (-c)`, "a minus b minus (negative c)"},
	} {
		if got, ok := Speak(tt.source, nil); !ok || got != tt.want {
			t.Errorf("%s is spoken as %q, %t; want %q", tt.source, got, ok, tt.want)
		}
	}
}

// TestSpeakLanguages: other languages have their own words, and put the parts where they belong.
func TestSpeakLanguages(t *testing.T) {
	const source = `x_i^2 = \frac{a+b}{2} + \sqrt{y} - \Gamma, \lim_{x \to 0} \sum_{i=1}^n \mathbf{v}`
	for language, want := range map[string]string{
		"nl": "x sub i squared equals the fraction a plus b over 2 plus the square root of y minus capital gamma, the limit as x approaches 0 of the sum from i equals 1 to n of bold v",
		"de": "x Index i Quadrat gleich Bruch a plus b durch 2 plus Wurzel aus y minus großes Gamma, Limes für x gegen 0 von Summe von i gleich 1 bis n über fettes v",
		"es": "x subíndice i al cuadrado igual a fracción a más b sobre 2 más raíz cuadrada de y menos gamma mayúscula, límite cuando x tiende a 0 de suma de i igual a 1 a n de v en negrita",
		"fr": "x indice i au carré égale fraction a plus b sur 2 plus racine carrée de y moins gamma majuscule, limite quand x tend vers 0 de somme de i égale 1 à n de v gras",
		"ja": "x サブ i の二乗 イコール 分数 2 分の a プラス b 分数終わり プラス ルート y マイナス 大文字 ガンマ, リミット、x 矢印 0、シグマ、i イコール 1 から n まで、太字 v",
		"zh": "x 下标 i 的平方 等于 分数 2 分之 a 加 b 分数结束 加 根号 y 减 大写 伽马, 极限，当 x 趋于 0，求和，从 i 等于 1 到 n，粗体 v",
	} {
		if got, ok := Speak(source, phrase.For(language)); !ok || got != want {
			t.Errorf("%s: spoken as\n%s, want\n%s", language, got, want)
		}
	}
	for language, want := range map[string]string{
		"fr": "matrice de 1 ligne\u00a0: a, b, fin matrice", "de": "Matrix mit 1 Zeile: a, b, Ende Matrix", "ja": "1 行の行列：a、b、行列終わり",
	} {
		if got, _ := Speak(`\begin{pmatrix}a&b\\\end{pmatrix}`, phrase.For(language)); got != want {
			t.Errorf("%s: spoken as %q, want %q", language, got, want)
		}
	}
}

// TestSpeakMembers: the words for a set of numbers follow those for "in" as the grammar of a language has it.
func TestSpeakMembers(t *testing.T) {
	for language, want := range map[string]string{
		"de": "x aus Menge der reellen Zahlen", "es": "x pertenece a los reales", "fr": "x dans les réels",
		"it": "x appartiene a insieme dei reali", "pt": "x pertence a conjunto dos reais",
	} {
		if got, _ := Speak(`x \in \mathbb{R}`, phrase.For(language)); got != want {
			t.Errorf("%s: spoken as %q, want %q", language, got, want)
		}
	}
}

// TestSpeakNoEnglish: a language of another script leaves nothing in English, whatever a formula has.
func TestSpeakNoEnglish(t *testing.T) {
	for character, english := range spokenWords() {
		english = strings.ToLower(english)
		if len(english) < 2 || !strings.Contains(wordTable, "\n"+character+" ") && !strings.Contains(greekLetters, character) {
			continue
		}
		for _, language := range []string{"fa", "ja", "ko", "zh"} {
			if said := phrase.For(language).Formulas().Say(english); said == english {
				t.Errorf("%s: %q is in English", language, said)
			}
		}
	}
	for _, source := range []string{
		`\frac{a}{b}\frac{x+y}{b}\frac{a}{x+y}`, `\binom{n}{k}\binom{n}{x+y}{n\brack k}{n\brack x+y}{n\brace k}{n\brace x+y}`, `\sqrt{x}\sqrt{x+y}\sqrt[3]{x}\sqrt[3]{x+y}\sqrt[n]{x}\sqrt[n]{x+y}`,
		`a_i a_{x+y} a^2 a^3 a^n a^{x+y} a^\circ a^\top a^- a'_b`, `F\Big|_0^1 F\Big|_0 F\Big|^1`, `\sum_a^b x\sum_a x\sum^b x\lim_{x\to 0} x`,
		`|x|\left|x\right|\left|x+y\right|\lVert x\rVert\left\|x\right\|\left\|x+y\right\|\lfloor x\rfloor\floor{x}\floor{x+y}\lceil x\rceil\ceil{x}\ceil{x+y}\left|x\middle|y\right|`,
		`\hat x\check x\tilde x\acute x\grave x\dot x\ddot x\dddot x\breve x\bar x\vec x\mathring x\overline{x}\underline{x}\overleftarrow{x}\overleftrightarrow{x}\cancel{x}\sout{x}`,
		`\begin{pmatrix}a&\\c&d\end{pmatrix}\begin{vmatrix}a&b\end{vmatrix}\begin{cases}a&b\end{cases}\begin{array}{cc}a&b\end{array}`, `x \quad -y \tag{1}`, `\mathbf{A}\mathbb{A}\mathcal{A}\mathfrak{A}\mathbf{\Gamma}\Gamma`,
	} {
		english, ok := Speak(source, nil)
		if !ok {
			t.Errorf("%s isn't known", source)
		}
		for _, language := range []string{"fa", "ja", "ko", "zh"} {
			if got, _ := Speak(source, phrase.For(language)); englishWord.MatchString(got) {
				t.Errorf("%s: %s is spoken as %q, in English %q", language, source, got, english)
			}
		}
	}
}

const greekLetters = "αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩϝ"

var englishWord = regexp.MustCompile(`[A-Za-z]{2}`)

// TestBounds has sources that would take long, or much memory, if nothing bounded them.
func TestBounds(t *testing.T) {
	for _, tt := range []struct{ name, source string }{
		{"braces", strings.Repeat("{", 100_000)},
		{"braces within the size", strings.Repeat("{", maxSource)},
		{"fractions", strings.Repeat(`\frac{`, maxSource/6)},
		{"fractions that end", strings.Repeat(`\frac{1}{`, maxDepth-2) + "x" + strings.Repeat("}", maxDepth-2)},
		{"scripts", strings.Repeat("x^", maxSource/2)},
		{"columns", `\begin{matrix}` + strings.Repeat("&", 4000) + strings.Repeat(`\\`, 150) + `\end{matrix}`},
		{"rows", `\begin{matrix}` + strings.Repeat(`\\`, 4000) + `\end{matrix}`},
		{"empty groups", "a" + strings.Repeat("{}=", maxSource/4)},
		{"high and many", strings.Repeat(`\begin{matrix}`+strings.Repeat(`\\`, 100)+`\end{matrix}`, 30)},
		{"tables in tables", strings.Repeat(`\begin{aligned}&`, 13) + "x" + strings.Repeat(`\end{aligned}`, 13)},
		{"scripts of scripts", strings.Repeat(`x_{x^{`, 13) + "x" + strings.Repeat("}}", 13)},
		{"limits of limits", strings.Repeat(`\sum_{\xrightarrow{`, 9) + "x" + strings.Repeat("}}", 9)},
		{"marks", `\overline{` + strings.Repeat(`\hat{`, 30) + strings.Repeat("x", 4000) + strings.Repeat("}", 31)},
		{"lines with scripts", strings.Repeat(`\big|_a`, maxSource/len(`\big|_a`))},
		{"pairs in pairs", strings.Repeat(`\bigl(`, 600) + "x" + strings.Repeat(`\bigr)`, 600)},
		{"high pairs", strings.Repeat(`\bigl.`, 600) + `\begin{matrix}` + strings.Repeat(`\\`, maxRows-1) + `\end{matrix}` + strings.Repeat(`\bigr.`, 600)},
		{"braces above braces", strings.Repeat(`\underbrace{`, 30) + "x" + strings.Repeat("}", 30)},
		{"columns that are aligned", `\begin{aligned}` + strings.Repeat("a&=", 2000) + `\end{aligned}`},
		{"terms in front of what is aligned", `\begin{aligned}` + strings.Repeat("a+", 1500) + `b&=c\end{aligned}`},
		{"commas", strings.Repeat("a,", 4000)},
	} {
		for name, set := range map[string]func() string{
			"inline": func() string { line, _ := Inline(tt.source); return line },
			"narrow": func() string { lines, _ := Display(tt.source, 20); return strings.Join(lines, "\n") },
			"wide":   func() string { lines, _ := Display(tt.source, maxWidth); return strings.Join(lines, "\n") },
			"spoken": func() string { words, _ := Speak(tt.source, phrase.For("es")); return words }, // whose words are long
		} {
			t.Run(tt.name+"/"+name, func(t *testing.T) {
				size := 0
				allocations := testing.AllocsPerRun(1, func() { size = len(set()) })
				if size > 64*maxSource || allocations > 200_000 {
					t.Errorf("%d bytes in %.0f allocations", size, allocations)
				}
			})
		}
	}
}

func FuzzFormula(f *testing.F) {
	for _, source := range []string{
		`x_{n+1}^2`, `\frac{a}{\sqrt[3]{b}}`, `\left(\begin{matrix}a&b\\c\end{matrix}\middle|\right]`, `\begin{aligned}a&=b\\&=c\tag{1}\end{aligned}`, `\text{if $x$}`,
		`\begin{array}{c|c}x\\\hline\end{array}`, `\underbrace{\hat{x}}_{\substack{a\\b}}`, `{a\over b}'`, `\xrightarrow[a]{b}`, "👩\u200d🚀\u0301{}\u200d",
	} {
		f.Add(source, 20)
	}
	f.Fuzz(func(t *testing.T, source string, width int) {
		if line, ok := Inline(source); ok && (strings.Contains(line, "\n") || len(line) > 64*maxSource) {
			t.Errorf("a line of %d bytes", len(line))
		}
		Speak(source, nil)
		lines, ok := Display(source, width)
		if !ok {
			return
		}
		if len(lines) > 10*maxRows {
			t.Errorf("%d lines", len(lines))
		}
		for _, line := range lines {
			if w := cell.Width(line); w > width || w != cell.Width(lines[0]) {
				t.Errorf("a line of %d cells, in %d: %q", w, width, line)
			}
		}
	})
}
