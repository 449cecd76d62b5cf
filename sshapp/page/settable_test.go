package page

import (
	"strings"
	"testing"

	"postern/sshapp/page/html"
	"postern/sshapp/page/theme"
)

// TestTableGrid has cells that reach over several columns or rows: those behind and below them stand in their own.
func TestTableGrid(t *testing.T) {
	for _, tt := range []struct{ name, source, want string }{
		{"columns", "<table><tr><th colspan=2>names<th>n<tr><td>a<td>b<td>c<tr><td>d<td colspan=2>ef</table>", "names │ n\n──┼───┼──\na │ b │ c\nd │ ef"},
		{"a wide cell over narrow columns", "<table><tr><td colspan=2>one two three<tr><td>a<td>b</table>", "one two three\na     │ b"},
		{"rows", "<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e</table>", "a │ b\n  │ c\nd │ e"},
		{"rows at the end", "<table><tr><td>a<td rowspan=2>b<td>c<tr><td>d<td>e</table>", "a │ b │ c\nd │   │ e"},
		{"a tall cell goes on in the next row", "<table><tr><td rowspan=3>a<br>b<br>c<td>d<tr><td>e<tr><td>f</table>", "a │ d\nb │\nc │ e\n  │\n  │ f"},
		{"a cell below the last row", "<table><tr><td rowspan=9>a<br>b<td>c</table>", "a │ c\nb │"},
		{"rows to the end", "<table><tr><td rowspan=0>a<td>b<tr><td>c</table>", "a │ b\n  │ c"},
		{"both", "<table><tr><td rowspan=2 colspan=2>a<td>b<tr><td>c<tr><td>d<td>e<td>f</table>", "a     │ b\n      │ c\nd │ e │ f"},
		{"columns that nothing begins in", "<table><tr><td colspan=1000>a<tr><td>b<td>c</table>", "a\nb │ c"},
		{"no number", "<table><tr><td colspan=x rowspan=-1>a<td>b</table>", "a │ b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(New(post(tt.source), 40, theme.Terminal()).Plain(), "\n"); got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}

// TestSpansAsList: where columns don't fit, and where they are listened to, a cell stands behind the name of its own column.
func TestSpansAsList(t *testing.T) {
	p := post("<table><tr><th rowspan=2>a<th>b<th>c<th>d<tr><td colspan=2>1<td>2</table>")
	if got, want := strings.Join(New(p, 20, theme.Terminal()).Plain(), "\n"), "a\nb  1\nc\nd  2"; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if got, want := strings.Join(New(p, 60, Spoken()).Plain(), "\n"), "Row 1. b: 1; d: 2"; !strings.Contains(got, want) {
		t.Errorf("got:\n%s\nwithout %q", got, want)
	}
	if got, want := html.Render(p, inBlog, nil), `<th rowspan="2">a</th>`; !strings.Contains(got, want) {
		t.Errorf("got %s, without %s", got, want)
	}
}

// TestSqueezedColumn: a table with a long text in a narrow column is set as records.
func TestSqueezedColumn(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("word ", 40))
	for first, isTable := range map[string]bool{"a": true, long: false} {
		lines := New(post("|h|i|\n|-|-|\n|"+first+"|"+long+"|"), 40, theme.Terminal()).Plain()
		if got := strings.Contains(strings.Join(lines, ""), "│"); got != isTable {
			t.Errorf("a table is %t, want %t:\n%s", got, isTable, strings.Join(lines, "\n"))
		}
	}
}

// TestBrokenWords: a table whose words don't fit is set as records, unless these would be much longer.
func TestBrokenWords(t *testing.T) {
	row := strings.Repeat("|incomprehensibility|0", 3) + "|\n"
	for rows, isTable := range map[int]bool{2: false, 40: true} {
		lines := New(post("|a|b|c|d|e|f|\n|-|-|-|-|-|-|\n"+strings.Repeat(row, rows)), 70, theme.Terminal()).Plain()
		if got := strings.Contains(strings.Join(lines, ""), "│"); got != isTable {
			t.Errorf("%d rows are a table: %t, want %t:\n%s", rows, got, isTable, strings.Join(lines[:8], "\n"))
		}
	}
}
