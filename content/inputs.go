package content

import (
	"io/fs"
	"slices"
	"time"

	"postern/content/discover"
	"postern/content/problem"
	"postern/content/settings"
)

// inputs are what a library is made of; everything else in it follows from them.
type inputs struct {
	fsys             fs.FS // where files that are not posts are opened
	tree             discover.Tree
	configuration    configuration
	ownSettings      settings.Settings // what the settings' file says
	settings         settings.Settings // the same with what the generator's file says of the rest
	generator        generator
	validSettings    bool // ownSettings are of a file without an error
	settingsProblems []problem.Problem
	site             discover.Site
	postsDirs        []string // the directories of posts that the site was surveyed for: the settings', unless they hold none
	parseOptions     parseOptions
	files            attachments
	templates        *templates // nil if the blog's generator runs none in posts
	sources          []*source  // of the site's files, in their order
}

// A generator is what is taken from the file of a blog's generator.
type generator struct {
	file      string   // its path; empty for none
	taken     []string // the settings that are taken from it
	permalink string   // the pattern of posts' addresses, as [source.fillPermalink] takes it
}

// A configuration is what decides about a library besides its posts' files.
type configuration struct {
	settings  string    // the settings' file, as it is written
	fault     string    // why it can't be read
	sheet     fileStamp // of the style sheet that the settings name, if they name one
	generator string    // the path and the text of the generator's file
}

func (c configuration) sameSettings(other configuration) bool {
	return c.settings == other.settings && c.fault == other.fault
}

// readSettings reads the settings, unless they are still what they were, and looks at the style sheet that they name. Settings
// that are broken now and were not stay what they were, with their problems; so do those that seem to be half-written.
func (in *inputs) readSettings(fsys fs.FS, first bool) (unsettled bool) {
	data, modified, err := settings.Read(fsys, settings.File)
	if err == nil && len(data) == 0 && isYoung(modified, time.Now()) && in.configuration.settings != "" {
		return true
	}
	now := configuration{settings: string(data)}
	if err != nil {
		now.fault = err.Error()
	}
	if first || !now.sameSettings(in.configuration) {
		parsed, problems := settings.Parse(data, err)
		in.settingsProblems = problems
		if _, wrong := problem.FirstError(problems); !wrong || !in.validSettings {
			in.ownSettings, in.validSettings = parsed, !wrong
		}
	}
	if sheet, ok := in.ownSettings.StyleSheet(); ok {
		if info, err := fs.Stat(fsys, sheet); err == nil {
			now.sheet = stampOf(info)
		}
	}
	in.configuration = now
	return false
}

// survey finds out which files of the tree are posts, and how they are read. Settings that name a directory without posts take
// no blog away that was there before.
func (in *inputs) survey(first bool) {
	before := in.postsDirs
	in.choose(in.ownSettings.Posts)
	if len(in.ownSettings.Posts) > 0 && !slices.Equal(in.ownSettings.Posts, before) && !first && !in.site.HoldsPosts() {
		in.choose(before)
	}
	in.files = newAttachments(in.tree.Files)
}

// choose surveys the tree for posts in some directories; none means to look for them.
func (in *inputs) choose(dirs []string) {
	in.site, in.postsDirs = discover.Survey(in.tree, dirs), dirs
	in.setParseOptions()
}

func (in *inputs) setParseOptions() {
	in.parseOptions = parseOptions{location: in.settings.Location(), spacedTags: in.site.Jekyll, permalink: in.generator.permalink}
}

// readGenerator completes the settings from the file of the blog's generator. It reports whether anything in them may be another
// than before; first says that there was nothing before.
func (in *inputs) readGenerator(fsys fs.FS, before configuration, first bool) (changed bool) {
	file, kind := settings.FindGenerator(in.tree.Files, in.site.Root)
	text := ""
	if file != "" {
		data, _, err := settings.Read(fsys, file)
		if err != nil {
			file = ""
		}
		text = string(data)
	}
	in.configuration.generator = file + "\x00" + text
	if !first && in.configuration.sameSettings(before) && in.configuration.generator == before.generator {
		return false
	}
	in.settings, in.generator = in.ownSettings, generator{file: file}
	if file != "" {
		values := kind.Read(text)
		in.settings, in.generator.taken = in.ownSettings.Fill(values)
		in.generator.permalink = values["permalink"]
	}
	in.setParseOptions()
	return true
}

// language returns the language of a post; empty for the blog's own, whether the post names it or not.
func (in *inputs) language(p *Post) string {
	if p.Lang == in.settings.Language {
		return ""
	}
	return p.Lang
}
