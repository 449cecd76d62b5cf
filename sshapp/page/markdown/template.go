package markdown

import (
	"bytes"
	"regexp"
	"slices"
)

// fillTemplates returns a source of the same length and lines in which a tag that stands for a link's target, where
// Markdown would see no link for its blanks, is replaced by that target: "]({{ site.baseurl }}/x.png)" by
// "](                   /x.png)", and "]({% post_url 2020-01-02-x %}#a)" by its name. A size behind a target is replaced by
// blanks. Code is left alone, but for the texts of tags; see [fillTexts].
func fillTemplates(source []byte) []byte {
	if !bytes.Contains(source, []byte("{{")) && !bytes.Contains(source, []byte("{%")) && !bytes.Contains(source, []byte(" =")) {
		return source
	}
	out := bytes.Clone(source)
	fillHTML(out)
	var fence []byte
	for at := 0; at < len(out); {
		end := at + bytes.IndexByte(out[at:], '\n') + 1
		if end <= at {
			end = len(out)
		}
		line := out[at:end]
		at = end
		var mark []byte
		if bytes.Contains(line, []byte("```")) || bytes.Contains(line, []byte("~~~")) {
			mark = fenceMark.Find(line)
		}
		fillTexts(line, fence != nil)
		switch {
		case fence == nil && mark != nil:
			fence = bytes.TrimSpace(mark)
		case fence != nil && mark != nil && bytes.HasPrefix(bytes.TrimSpace(mark), fence):
			fence = nil
		case fence == nil:
			fillTargets(line)
			blankSizes(line)
		}
	}
	return out
}

var (
	fenceMark  = regexp.MustCompile("^[ >]*(?:```+|~~~+)")
	targetTag  = regexp.MustCompile(`(\]\(<?|(?:src|href)=["'])\s*(\{\{[<%]?-?\s*[^{}\n]*?[>%]?\}\}|\{%-?\s*[^{}\n]*?%\})`)
	targetName = regexp.MustCompile(`^\{[{%][<%]?-?\s*(?:(?:rel)?ref|post_url|link|asset_path|asset_img|post_path|post_link)\s+["']?([^\s"'{}]+)["']?|^\{\{-?\s*["']([^\s"'{}]+)["']\s*\|`)
)

// fillTargets replaces the tags that begin a target on a line by the target they stand for, or by blanks.
func fillTargets(line []byte) {
	if !bytes.Contains(line, []byte("{{")) && !bytes.Contains(line, []byte("{%")) {
		return
	}
	joinTargets(line)
	fillTarget(line)
	fillTarget(line) // the tag behind {{ site.baseurl }}
}

// fillTarget replaces the first tag of each target on a line. The name of what it stands for ends where the tag does, for a fragment
// may follow.
func fillTarget(line []byte) {
	for _, m := range targetTag.FindAllSubmatchIndex(line, -1) {
		if bytes.Count(line[:m[0]], []byte("`"))%2 == 1 {
			continue
		}
		tag := line[m[4]:m[5]]
		if v := variableTag.FindSubmatch(bytes.ReplaceAll(tag, []byte{filler}, []byte(" "))); v != nil && !baseVariable.Match(v[1]) {
			continue
		}
		var name []byte
		if t := targetName.FindSubmatch(tag); t != nil {
			name = slices.Concat(t[1], t[2]) // one of which is empty
		}
		begin := len(tag) - len(name)
		copy(tag[begin:], name)
		copy(tag, bytes.Repeat([]byte(" "), begin))
	}
}

var (
	// targetVariable is a target with the tag of a variable in it.
	targetVariable = regexp.MustCompile(`(?:\]\(<?|(?:src|href)=["'])[^(){\s"'<>]*(?:\{\{-?\s*[\w.-]+\s*-?\}\}[^(){\s"'<>]*)+`)
	variableTag    = regexp.MustCompile(`\{\{-?\s*([\w.-]+)\s*-?\}\}`)

	// baseVariable is one that stands for where the blog is.
	baseVariable = regexp.MustCompile(`^(?:site\.)?(?:base_?url|url|root|prefix|path_?prefix|github\.url)$|^relative_root$`)
)

// joinTargets puts fillers in place of the blanks in the tags of variables within targets, in which Markdown would see the end of them.
// Variables that stand for where the blog is are blanks, as at the beginning of a target.
func joinTargets(line []byte) {
	for _, m := range targetVariable.FindAllIndex(line, -1) {
		if bytes.Count(line[:m[0]], []byte("`"))%2 == 1 {
			continue
		}
		target := line[m[0]:m[1]]
		for _, tag := range variableTag.FindAllSubmatchIndex(target, -1) {
			if baseVariable.Match(target[tag[2]:tag[3]]) {
				continue
			}
			for i, c := range target[tag[0]:tag[1]] {
				if c == ' ' || c == '\t' {
					target[tag[0]+i] = filler
				}
			}
		}
	}
}
