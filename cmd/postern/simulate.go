package main

import (
	"os"
	"regexp"
	"strconv"
)

// A simulation is another terminal than this one, on which preview shows a blog.
type simulation struct {
	width, height int  // 0 for those of this terminal
	plain         bool // without colours
	dumb          bool // nothing can be drawn on it
}

var sizePattern = regexp.MustCompile(`^(\d{1,4})x(\d{1,4})$`)

func parseSimulation(as string) (simulation, error) {
	switch as {
	case "":
		return simulation{dumb: os.Getenv("TERM") == "dumb"}, nil
	case "none":
		return simulation{plain: true}, nil
	case "dumb":
		return simulation{dumb: true}, nil
	}
	m := sizePattern.FindStringSubmatch(as)
	if m == nil {
		return simulation{}, usagef("--as %q is neither a size such as 60x20, nor none, nor dumb", as)
	}
	w, _ := strconv.Atoi(m[1])
	h, _ := strconv.Atoi(m[2])
	return simulation{width: w, height: h}, nil
}
