package variables

import "testing"

func TestEvaluate(t *testing.T) {
	data, ok := ParseYAML([]byte("title: A\nempty:\nnumber: 3\nday: 2024-01-02\nnested: {deep: {er: x}}\nreleases:\n- {version: 2.0, url: {gz: http://a}}\n- {version: 2.1, url: {gz: http://b}}\nalias: &a y\nother: *a\n"))
	if !ok {
		t.Fatal("it isn't read")
	}
	for _, tt := range []struct {
		expression, want string
		ok               bool
	}{
		{"title", "A", true},
		{"number", "3", true},
		{"day", "2024-01-02", true},
		{"nested.deep.er", "x", true},
		{"empty", "", true},
		{"nosuch", "", false},
		{"nested.nosuch", "", false},
		{"nested", "", false},
		{"other", "", true},
		{`"text | with a bar" | upcase`, "TEXT | WITH A BAR", true},
		{"'/a' | relative_url", "/a", true},
		{"title | downcase", "a", true},
		{"title | nosuch", "", false},
		{"nosuch | default: 'd'", "d", true},
		{"empty | default: title", "A", true},
		{"title | default: 'd'", "A", true},
		{"1 + 2", "", false},
		{"", "", false},
		{"|", "", false},
		{"title | date: '%Y'", "", false},
		{"releases | first", "", false},
	} {
		got := ""
		v, ok := Evaluate(tt.expression, data.Get)
		if ok {
			got, ok = v.String()
		}
		if got != tt.want || ok != tt.ok {
			t.Errorf("%s is %q, %v; not %q, %v", tt.expression, got, ok, tt.want, tt.ok)
		}
	}
	v, ok := Evaluate(`releases | where: "version", "2.1" | first`, data.Get)
	if gz, _ := v.Get("url.gz"); !ok || gz.text != "http://b" {
		t.Errorf("the release is %v, %v", v, ok)
	}
	if _, ok := Evaluate(`releases | where: "version", "9" | first`, data.Get); ok {
		t.Error("there is a release that there isn't")
	}
}

func TestHostileYAML(t *testing.T) {
	for _, text := range []string{"", "\x00", "[", "a: [1", "{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{", "- - - - - - - - - - - - - - - - - - - - a"} {
		v, _ := ParseYAML([]byte(text))
		v.Get("a.b")
		v.String()
	}
	v, ok := ParseYAML([]byte("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"))
	if c, _ := v.Get("c"); !ok || len(c.list) != 2 || c.list[0].list != nil {
		t.Errorf("aliases have values: %v", c)
	}
}
