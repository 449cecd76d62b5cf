package content

import (
	"strings"
	"testing"

	"postern/content/problem"
	"postern/content/settings"
)

// What a generator's file says of the blog counts where the blog's settings say nothing.
func TestGenerators(t *testing.T) {
	for name, c := range map[string]struct{ post, file, text, want, taken string }{
		"jekyll": {"_posts/2024-01-02-a.md", "_config.yml", "---\ntitle: A blog # really\ndescription: >\n  Of\n  things\nauthor:\n  name: Ann\nlang: fa_IR\ntimezone: Europe/Berlin\n",
			"A blog|Of things|Ann|fa-ir|Europe/Berlin", "title description author language timezone"},
		"hexo":    {"source/_posts/a.md", "_config.yml", "title: Hexo\nsubtitle: ''\nlanguage:\n  - pt\n  - en\ntimezone: ''\n", "Hexo|||pt|", "title language"},
		"hugo":    {"content/posts/a.md", "hugo.toml", "baseURL = 'x'\ntitle = \"Hu\\u0067o\"\nlanguageCode = 'en-us'\n[params]\n  description = 'What'\n  [params.author]\n  name = 'Bo'\n", "Hugo|What|Bo|en-us|", "title description author language"},
		"hugo 2":  {"content/posts/a.md", "config.yaml", "title: H\ntimeZone: Asia/Tokyo\nparams:\n  author: Bo\n", "H||Bo||Asia/Tokyo", "title author timezone"},
		"zola":    {"content/a.md", "zola.toml", "title = 'Z'\ndefault_language = 'de'\nauthor = 'Cy'\n[extra]\ntitle = 'no'\n", "Z||Cy|de|", "title author language"},
		"zola 0":  {"site/content/a.md", "site/config.toml", "title = 'Z'\n", "Z||||", "title"},
		"astro":   {"src/content/blog/a.md", "src/consts.ts", "// title: 'no'\nexport const SITE_TITLE = 'Ann\\'s blog';\nexport const SITE_DESCRIPTION: string = \"It\";\n", "Ann's blog|It|||", "title description"},
		"astro 2": {"src/content/blog/a.md", "src/config.ts", "export const SITE = {\n  website: \"https://x/\",\n  author: \"Di\",\n  desc: `D`,\n  title: \"S\",\n  lang: \"en\",\n  timezone: \"Asia/Bangkok\", // x\n  title: \"no\",\n}\n", "S|D|Di|en|Asia/Bangkok", "title description author language timezone"},
		"pelican": {"content/a.md", "pelicanconf.py", "AUTHOR = u'Ed'\nSITENAME = \"P\"\nTIMEZONE = 'Europe/Paris'\nDEFAULT_LANG = 'fr'\nDEFAULT_METADATA = {'x': 1}\n", "P||Ed|fr|Europe/Paris", "title author language timezone"},
		"broken":  {"a.md", "_config.yml", "lang: nonsense\ntimezone: Local\n- x\n: [\n", "Postern||||", ""},
		"program": {"src/content/blog/a.md", "src/consts.ts", "export const SITE_TITLE = `${process.env.X}`;\nexport const title = f('x');\n", "Postern||||", ""},
		"escapes": {"a.md", "_config.yml", "title: \"a\\e[1mb\"\n", "a\ufffd[1mb||||", "title"},
		"huge":    {"a.md", "_config.yml", "title: a\n" + strings.Repeat("# x\n", 1<<15), "Postern||||", ""},
		"deep":    {"a.md", "_config.yml", "title: a\nx: " + strings.Repeat("[", 1<<14), "a||||", "title"},
		"theirs":  {"a.md", "themes/x/config.toml", "title = 'no'\n", "Postern||||", ""},
	} {
		l := blog(t, map[string]string{c.post: dated, c.file: c.text})
		s := l.Settings()
		if got := strings.Join([]string{s.Title, s.Description, s.Author, s.Language, s.Timezone}, "|"); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		file, taken := l.Generator()
		if strings.Join(taken, " ") != c.taken || len(taken) > 0 && file != c.file {
			t.Errorf("%s: %v taken from %s", name, taken, file)
		}
		if e, ok := worst(l.Problems(), problem.Error); ok {
			t.Errorf("%s: %s", name, e)
		}
		if s.Timezone != "" && s.Location().String() != s.Timezone || s.Author != "" && strings.Join(post(t, l, c.post).Authors, "") != s.Author {
			t.Errorf("%s: in %s, by %v", name, s.Location(), post(t, l, c.post).Authors)
		}
	}
	l := blog(t, map[string]string{"_posts/2024-01-02-a.md": dated, "_config.yml": "title: A\nauthor: Ann\ntimezone: Asia/Tokyo\n", settings.File: "title = \"Mine\"\nauthor = \"\"\n"})
	if s := l.Settings(); s.Title != "Mine" || s.Author != "" || s.Timezone != "Asia/Tokyo" {
		t.Errorf("postern.toml counts less: %+v", s)
	}
}

// The addresses of Jekyll's posts are those of its configuration.
func TestPermalinkOfConfiguration(t *testing.T) {
	for style, address := range map[string]string{
		"pretty": "big/small/2024/03/04/x", "date": "big/small/2024/03/04/x", "none": "big/small/x", "/blog/:year/:i_month/:title:output_ext": "blog/2024/3/x",
		":title": "x", "/:year/:unknown/:title/": "x", "/:title/{{ x }}": "x",
	} {
		l := blog(t, map[string]string{"_config.yml": "permalink: \"" + style + "\"\n", "_posts/2024-03-04-x.md": "---\ntitle: T\ncategories: Big small\n---\nx",
			"_posts/2024-03-05-z.md": "---\ntitle: T\nslug: y\n---\nx", "_posts/2024-03-05-w.md": "---\ntitle: T\npermalink: /own/\n---\nx", "about.md": "---\ntitle: T\n---\nx"})
		p := post(t, l, "_posts/2024-03-04-x.md")
		if q, ok := l.At(someday).Find(address); !ok || q != p || p.Slug != "x" {
			t.Errorf("%s: %s, %v", style, p.Slug, p.Aliases)
		}
		if q := post(t, l, "_posts/2024-03-05-z.md"); q.Slug != "y" {
			t.Errorf("%s: %s, %v", style, q.Slug, q.Aliases)
		}
		if q := post(t, l, "_posts/2024-03-05-w.md"); q.Slug != "own" || post(t, l, "about.md").Slug != "about" {
			t.Errorf("%s: %s", style, q.Slug)
		}
	}
	l := blog(t, map[string]string{"_config.yml": "permalink: pretty\n", "_posts/2021-12-08-launch.md": "---\ntitle: T\n---\nx", "_posts/2023-12-18-launch.md": "---\ntitle: T\n---\nx"})
	if got := strings.Join(slugsOf(l.posts), " "); got != "2023/12/18/launch 2021/12/08/launch" {
		t.Errorf("got %s", got)
	}
}

// A change of the generator's file makes another library, and so does one of the settings over it.
func TestReloadOfGenerator(t *testing.T) {
	c := newChanging(t, map[string]string{"_config.yml": "title: A\n", "_posts/2024-01-02-a.md": dated})
	before := c.l
	if c.reload() != before {
		t.Error("nothing has changed, and it is another library")
	}
	c.write("_config.yml", "title: B\npermalink: pretty\n")
	if l := c.refresh("_config.yml"); l.Settings().Title != "B" || post(t, l, "_posts/2024-01-02-a.md").Aliases == nil {
		t.Errorf("it is %+v", l.Settings())
	}
	c.write(settings.File, "title = \"C\"\n")
	if l := c.reload(); l.Settings().Title != "C" {
		t.Errorf("with settings it is %s", l.Settings().Title)
	}
	c.write(settings.File, "author = \"Ann\"\n")
	if l := c.reload(); l.Settings().Title != "B" || l.Settings().Author != "Ann" {
		t.Errorf("without a title in them it is %+v", l.Settings())
	}
}
