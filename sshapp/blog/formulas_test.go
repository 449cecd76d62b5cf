package blog

import (
	"strings"
	"testing"

	"postern/content"
	"postern/content/search"
)

func TestSummary(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"the norm $\\|x_i\\|^2$ of it", "the norm ‖xᵢ‖² of it"},
		{"$a_1$, $\\alpha$ and $b$", "a₁, α and b"},
		{"from $5 to $6, or $7-$8", "from $5 to $6, or $7-$8"},
		{"$\\unknown{x}$ stays", "$\\unknown{x}$ stays"},
		{"cut: $a_", "cut: $a_"},
		{"A$B$C", "A$B$C"},
	} {
		if got := (Listing{}).Summary(&content.Post{Summary: tt.text}); got != tt.want {
			t.Errorf("%q is set as %q, want %q", tt.text, got, tt.want)
		}
	}
}

// TestTypeset: the marks stay at the words, and a formula with one in it stays as it is.
func TestTypeset(t *testing.T) {
	const text = "loss $\\frac{1}{n}$ and loss, $loss_i$, loss $x_1$"
	x := search.Snippet{Line: 3, Text: text}
	for i := 0; ; {
		at := strings.Index(text[i:], "loss")
		if at < 0 {
			break
		}
		x.Marks = append(x.Marks, [2]int{i + at, i + at + 4})
		i += at + 4
	}
	got := Listing{}.typeset(nil, x)
	if want := "loss 1/n and loss, $loss_i$, loss x₁"; got.Text != want || got.Line != 3 || len(got.Marks) != 4 {
		t.Errorf("%q with %v, want %q", got.Text, got.Marks, want)
	}
	for _, m := range got.Marks {
		if got.Text[m[0]:m[1]] != "loss" {
			t.Errorf("a mark is at %q", got.Text[m[0]:m[1]])
		}
	}
	p := &content.Post{Summary: "so $x_1$ is", Language: "de-at"}
	if got, want := (Listing{Formulas: FormulasSpoken}).Summary(p), "so x Index 1 is"; got != want {
		t.Errorf("it is said as %q, want %q", got, want)
	}
}
