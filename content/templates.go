package content

import (
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
