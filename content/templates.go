package content

import (
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"postern/content/frontmatter"
	"postern/content/variables"
)

// Jekyll and its like run templates in posts, which refer to the front matter, to the generator's file and to files of data. What
// must hold: nothing is run; no more is read than the bounds say; and a post whose values change gets another Sum.

// templates are what the templates in posts may refer to, apart from the posts. They are immutable.
type templates struct {
	key  string // changes with whatever they were read from
	site variables.Value
}

// readTemplates reads the generator's file and the files of data again if one of them has changed, and reports whether one has.
func (in *inputs) readTemplates(fsys fs.FS) (changed bool) {
	files := variables.DataFiles(in.tree.Files, in.site.Root)
	if !in.site.Jekyll && len(files) == 0 {
		changed = in.templates != nil
		in.templates = nil
		return changed
	}
	var key strings.Builder
	key.WriteString(in.configuration.generator)
	for _, f := range files {
		key.WriteString("\x00" + f.Path)
		if info, err := fs.Stat(fsys, f.Path); err == nil {
			key.WriteString(" " + strconv.FormatInt(info.Size(), 10) + " " + info.ModTime().UTC().String())
		}
	}
	if in.templates != nil && in.templates.key == key.String() {
		return false
	}
	site := map[string]variables.Value{"title": variables.Text(in.settings.Title), "description": variables.Text(in.settings.Description)}
	if file, text, _ := strings.Cut(in.configuration.generator, "\x00"); strings.HasPrefix(path.Base(file), "_config.") {
		if v, ok := variables.ParseYAML([]byte(text)); ok {
			for name, value := range v.All() {
				site[name] = value
			}
		}
	}
	site["data"] = variables.ReadData(fsys, files)
	in.templates = &templates{key: key.String(), site: variables.Mapping(site)}
	return true
}

// isData reports whether a file is one of data.
func (in *inputs) isData(name string) bool {
	return slices.ContainsFunc(variables.DataFiles(in.tree.Files, in.site.Root), func(f variables.DataFile) bool { return f.Path == name })
}

// Variables returns what finds the values that the variables of templates have in a post: those of its front matter, of the
// generator's file and of the files of data. It is nil if the blog's generator runs no templates in posts.
func (p *Post) Variables() variables.Lookup {
	if p.templates == nil {
		return nil
	}
	var page *variables.Value
	return func(name string) (variables.Value, bool) {
		root, rest, _ := strings.Cut(name, ".")
		switch root {
		case "site":
			return p.templates.site.Get(rest)
		case "page":
			if page == nil {
				front := p.frontMatter()
				page = &front
			}
			return page.Get(rest)
		}
		return variables.Value{}, false
	}
}

// frontMatter returns the values of the front matter, and the title and the date that the post has without one.
func (p *Post) frontMatter() variables.Value {
	values := map[string]variables.Value{"title": variables.Text(p.Title), "date": variables.Text(p.Day)}
	if front := frontmatter.Split(p.Text()); front.Form == frontmatter.YAML {
		if v, ok := variables.ParseYAML([]byte(front.Text)); ok {
			for name, value := range v.All() {
				values[name] = value
			}
		}
	}
	return variables.Mapping(values)
}
