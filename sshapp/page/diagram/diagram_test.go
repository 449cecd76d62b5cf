package diagram

import (
	"strings"
	"testing"

	"postern/sshapp/cell"
)

func TestDraw(t *testing.T) {
	for _, tt := range []struct {
		name, source string
		width        int
		want         string
	}{
		{"a flowchart", "graph TD\n  %% a remark\n  A[Start] --> B{Is it?}\n  B -->|Yes| C(OK);\n  B -- No --> A", 40, `
 ╭───────╮
 │ Start │
 ╰─┬─────╯
   │  ▲
   │  ╰╮
   │  No
   ▼   │
╭──────┴──╮
│ Is it?  │
╰────┬────╯
    Yes
     ▼
  ╭─────╮
  │ OK  │
  ╰─────╯`},
		{"a chain", "flowchart LR\nA & B --> C:::x --- D\nclassDef x fill:#fff", 40, `
╭───╮  ╭───╮
│ A │  │ B │
╰──┬╯  ╰─┬─╯
   │  ╭──╯
   ▼  ▼
  ╭─────╮
  │  C  │
  ╰──┬──╯
     │
     │
   ╭─┴─╮
   │ D │
   ╰───╯`},
		{"arrows that cross", "flowchart TB\nA & B --> C & D", 40, `
╭─────╮  ╭─────╮
│  A  │  │  B  │
╰┬──┬─╯  ╰┬──┬─╯
 │  ╰─────┼╮ │
 │  ╭─────╯│ │
 ▼  ▼      ▼ ▼
╭─────╮  ╭─────╮
│  C  │  │  D  │
╰─────╯  ╰─────╯`},
		{"a box beside a group", "graph TD\nA --> B\nA -->|to| C\nB --> A\nsubgraph g\nC --> D\nend", 40, `
  ╭───────╮
  │   A   │
  ╰┬─────┬╯
   │  ▲  │
 ╭─╯  │  ╰───╮
 │  ╭─╯      │
 │  │       to
 │  │       → C
 ▼  │        ▼
╭───┴─╮  ╭─ g ───╮
│  B  │  │ ╭───╮ │
╰─────╯  │ │ C │ │
         │ ╰─┬─╯ │
         │   │   │
         │   ▼   │
         │ ╭───╮ │
         │ │ D │ │
         │ ╰───╯ │
         ╰───────╯`},
		{"quotes and Markdown", "flowchart LR\nA[\"`one **two**\n  *three* snake_case_`\"]--\"is, `so`\"-->B", 40, `
╭───────────────────╮ is, ` + "`so`" + ` ╭───╮
│      one two      ├─────────▶│ B │
│ three snake_case_ │          ╰───╯
╰───────────────────╯`},
		{"wide characters", "graph TD\nA[漢字] -.-> B", 40, `
╭───────╮
│ 漢字  │
╰───┬───╯
    ╎
    ▼
  ╭───╮
  │ B │
  ╰───╯`},
		{"a sequence", "sequenceDiagram\nparticipant A as Ann\nA()->>()B: Hello\nB-->>A: Hi\nB->>B: think", 60, `
╭─────╮   ╭───╮
│ Ann │   │ B │
╰──┬──╯   ╰─┬─╯
   │ Hello  │
   │───────▶│
   │   Hi   │
   │◀╌╌╌╌╌╌╌│
   │        │ think
   │        ├──╮
   │        │◀─╯
   │        │`},
		{"a frame and a note", "sequenceDiagram\nA->>B: x\nalt yes\nB->>A: y\nelse no\nNote over A,B: z\nend", 60, `
  ╭───╮ ╭───╮
  │ A │ │ B │
  ╰─┬─╯ ╰─┬─╯
    │  x  │
    │────▶│
╭─ alt yes ────╮
│   │  y  │    │
│   │◀────│    │
├╌ else no ╌╌╌╌┤
│ ╭─────────╮  │
│ │    z    │  │
│ ╰─────────╯  │
╰───┼─────┼────╯
    │     │`},
		{"from left to right", "flowchart LR\nA[x] -->|yes| B{a<br>b<br>c} -.-> C --- D", 60, `
          ╭───╮
╭───╮ yes │ a │    ╭───╮    ╭───╮
│ x ├────▶│ b ├╌╌╌▶│ C ├────┤ D │
╰───╯     │ c │    ╰───╯    ╰───╯
          ╰───╯`},
		{"from right to left", "flowchart RL\nA --> B", 60, `
╭───╮    ╭───╮
│ B │◀───┤ A │
╰───╯    ╰───╯`},
		{"groups", "flowchart TD\nA[x] --> b\nsubgraph one [First]\ndirection TB\na -->|y| b\nend\none ~~~ C\nclick A \"https://a.b\"", 40, `
   ╭───╮
   │ x │
   ╰─┬─╯
    → b
     ▼
╭─ First ─╮
│  ╭───╮  │
│  │ a │  │
│  ╰─┬─╯  │
│    y    │
│    ▼    │
│  ╭───╮  │
│  │ b │  │
│  ╰───╯  │
╰─────────╯


   ╭───╮
   │ C │
   ╰───╯`},
		{"front matter and attributes", "---\ntitle: The title\nconfig:\n  theme: dark\n---\nflowchart TD\nA@{ shape: docs, label: \"x #9829; y\" } e1@--> B[/y\\]\ne1@{ animate: true }", 40, `
The title

╭───────╮
│ x ♥ y │
╰───┬───╯
    │
    ▼
  ╭───╮
  │ y │
  ╰───╯`},
		{"icons, and a word that is too long", "graph TD\nA[fa:fa-car Car] --> B[some-very-long-identifier]", 24, `
      ╭─────╮
      │ Car │
      ╰──┬──╯
         │
         ▼
╭─────────────────╮
│ some-very-long- │
│   identifier    │
╰─────────────────╯`},
		{"a group of people", "sequenceDiagram\nbox Aqua us\nparticipant A@{ \"type\": \"queue\" } as Ann\nend\nlink Ann: x @ https://a.b\nrect rgb(1, 2, 3)\nA->>B: #infin;\nend", 40, `
╭──────╮ ╭───╮
│ Ann  │ │ B │
│ (us) │ │   │
╰───┬──╯ ╰─┬─╯
    │  ∞   │
    │─────▶│
    │      │`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lines, ok := Draw(tt.source, tt.width)
			if !ok {
				t.Fatal("not drawn")
			}
			if got := "\n" + strings.Join(lines, "\n"); got != tt.want {
				t.Errorf("got:%s\nwant:%s", got, tt.want)
			}
		})
	}
}

func TestUnknown(t *testing.T) {
	for _, source := range []string{
		"", "pie\n\"a\": 1", "graph", "graph XY\nA --> B", "graph TD\nsubgraph a\nA --> B", "graph TD\nA --> B\nend", "graph TD\nA --> A", "graph TD\nsubgraph a\nA --> a\nend", "graph TD\nA@{ img: \"x.png\" }",
		"graph TD\nA --> ", "graph TD\nA[x --> B",
		"graph TD\nA ~~ B", "sequenceDiagram", "sequenceDiagram\nA->>B", "sequenceDiagram\nloop x\nA->>B: y", "sequenceDiagram\nend\nA->>B: x", "sequenceDiagram x\nA->>B: y", "sequenceDiagram\nrect red\nA->>B: x", "sequenceDiagram\nbox x\nparticipant A",
		"graph TD\n" + strings.Repeat("A --> B\n", maxArrows+1), "graph TD\nA[" + strings.Repeat("x", maxSource) + "]",
	} {
		if lines, ok := Draw(source, 80); ok {
			t.Errorf("%.40q is drawn:\n%s", source, strings.Join(lines, "\n"))
		}
	}
}

// TestNarrow has texts that are broken to fit, and a diagram that doesn't.
func TestNarrow(t *testing.T) {
	source := "graph TD\nA[some words that are longer than a line may be] --> B"
	if lines, ok := Draw(source, 24); !ok || widest(lines) > 24 {
		t.Errorf("%t, %q", ok, lines)
	}
	if lines, ok := Draw("graph TD\nA --> B & C & D & E & F", 24); ok {
		t.Errorf("drawn in 24 cells:\n%s", strings.Join(lines, "\n"))
	}
}

// TestLongArrows has many arrows over many rows, which would take long to put in order.
func TestLongArrows(t *testing.T) {
	source := "graph TD\n" + strings.Repeat("A-->B-->C-->D-->E-->F-->G-->H\n", 5) + strings.Repeat("A-->H\n", 100)
	if allocations := testing.AllocsPerRun(1, func() { Draw(source, 500) }); allocations > 20_000 {
		t.Errorf("%.0f allocations", allocations)
	}
}

func FuzzDraw(f *testing.F) {
	for _, source := range []string{
		"graph TD\nA[x] --> B{y}\nB -->|z| A\nA --- A & C", "flowchart LR\nA<-->B--x C\nA==>C\nD", "graph TD\nA-->B-->C-->D\nA-->D\nD-->A\nD-->B",
		"flowchart\nsubgraph a\nsubgraph b [c]\nA --> B\nend\nC-->B\nend\na-->D\nA~~~D", "---\ntitle: x\n---\ngraph TD\nA@{ label: x } e@--> B[\\y/]\nclick A x",
		"sequenceDiagram\nbox Red x\nparticipant A@{ \"alias\": \"y\" }\nend\nrect a\nA->>B: #35;\nend", "sequenceDiagram\ntitle t\nautonumber\nparticipant A as a<br>b\nA->>B: x\nNote left of A: y\nloop z\nB-xA: w\nend", "sequenceDiagram\nA->>A: x\nNote over B,A: y",
	} {
		f.Add(source, 76)
	}
	f.Fuzz(func(t *testing.T, source string, width int) {
		lines, ok := Draw(source, width)
		if !ok {
			return
		}
		for _, line := range lines {
			if w := cell.Width(line); w > width {
				t.Errorf("a line of %d cells, in %d: %q", w, width, line)
			}
		}
		if len(lines) > maxLines {
			t.Errorf("%d lines", len(lines))
		}
	})
}
