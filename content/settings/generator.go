package settings

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"postern/content/frontmatter"
)

// A blog that was made for a generator has said there what it is called. What must hold: the file is read as data, at most 64 KB
// of it; nothing in it is run; and what can't be read is passed over, since its generator is what reports it.

// A GeneratorFile is a file in which generators keep what a blog says of itself.
type GeneratorFile struct {
	name   string // or the end of its path
	values func(text string) map[string]string
	keys   map[string][]string // for each setting the keys that have it, the likeliest first
}

var (
	jekyllKeys = map[string][]string{"title": {"title", "name"}, "description": {"description", "subtitle", "tagline"}, "author": {"author", "author.name"},
		"language": {"lang", "language", "locale"}, "timezone": {"timezone"}, "permalink": {"permalink"}}
	hugoKeys = map[string][]string{"title": {"title"}, "description": {"description", "params.description", "params.subtitle"},
		"author":   {"params.author", "params.author.name", "author", "author.name", "extra.author"},
		"language": {"languagecode", "locale", "default_language", "defaultcontentlanguage"}, "timezone": {"timezone"}}
	astroKeys = map[string][]string{"title": {"site_title", "title", "name"}, "description": {"site_description", "description", "desc"},
		"author": {"site_author", "author"}, "language": {"lang", "language", "locale"}, "timezone": {"timezone"}}
	pelicanKeys = map[string][]string{"title": {"sitename"}, "description": {"sitesubtitle"}, "author": {"author"}, "language": {"default_lang"}, "timezone": {"timezone"}}
)

// generatorFiles are in the order in which they are looked for.
var generatorFiles = []GeneratorFile{
	{"_config.yml", yamlValues, jekyllKeys},
	{"_config.yaml", yamlValues, jekyllKeys},
	{"hugo.toml", tomlValues, hugoKeys},
	{"hugo.yaml", yamlValues, hugoKeys},
	{"hugo.yml", yamlValues, hugoKeys},
	{"zola.toml", tomlValues, hugoKeys},
	{"config.toml", tomlValues, hugoKeys},
	{"config.yaml", yamlValues, hugoKeys},
	{"config.yml", yamlValues, hugoKeys},
	{"src/consts.ts", assignedValues, astroKeys},
	{"src/consts.js", assignedValues, astroKeys},
	{"src/config.ts", assignedValues, astroKeys},
	{"src/config.js", assignedValues, astroKeys},
	{"pelicanconf.py", assignedValues, pelicanKeys},
}

func yamlValues(text string) map[string]string {
	text = strings.TrimPrefix(strings.TrimPrefix(text, "\ufeff"), "---\n")
	return fieldValues("---\n" + text + "\n---\n")
}

func tomlValues(text string) map[string]string { return fieldValues("+++\n" + text + "\n+++\n") }

// fieldValues returns the texts of a front matter.
func fieldValues(text string) map[string]string {
	front := frontmatter.Split(strings.ReplaceAll(text, "\r\n", "\n"))
	fields, _ := front.Read("")
	values := map[string]string{}
	for key, f := range fields {
		if values[key] = f.Text; f.Text == "" && len(f.List) > 0 {
			values[key] = f.List[0]
		}
	}
	return values
}

var assigned = regexp.MustCompile(`(?m)^[ \t]*(?:export[ \t]+)?(?:const[ \t]+|let[ \t]+|var[ \t]+)?([A-Za-z_]+)[ \t]*(?::[ \t]*string[ \t]*)?[:=][ \t]*u?("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|` + "`[^`$\\\\\\n]*`" + `)[ \t]*[,;]?`)

var escapedQuote = regexp.MustCompile(`\\(["'\\])`)

// assignedValues returns the plain strings that a program in JavaScript or Python assigns to names, each the first time.
func assignedValues(text string) map[string]string {
	values := map[string]string{}
	for _, m := range assigned.FindAllStringSubmatch(text, -1) {
		key, value := strings.ToLower(m[1]), m[2][1:len(m[2])-1]
		if _, known := values[key]; !known {
			values[key] = escapedQuote.ReplaceAllString(value, "$1")
		}
	}
	return values
}

// Read returns the values of settings in a file's text, as [Settings.Fill] takes them, and of permalink, the pattern of posts' addresses.
func (k GeneratorFile) Read(text string) map[string]string {
	all, values := k.values(text), map[string]string{}
	for name, likely := range k.keys {
		for _, key := range likely {
			if v := strings.TrimSpace(all[key]); v != "" && !strings.Contains(v, "{{") && !strings.Contains(v, "${") {
				values[name] = v
				break
			}
		}
	}
	return values
}

// FindGenerator returns the path of the file of a blog's generator among files, which are sorted: in the nearest directory above the
// posts, which root holds, that has one; empty for none.
func FindGenerator(files []string, root string) (file string, kind GeneratorFile) {
	for dir := root; ; dir = path.Dir(dir) {
		for _, kind := range generatorFiles {
			file := path.Join(dir, kind.name)
			if _, ok := slices.BinarySearch(files, file); ok {
				return file, kind
			}
		}
		if dir == "." {
			return "", GeneratorFile{}
		}
	}
}
