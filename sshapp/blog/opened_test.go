package blog

import (
	"fmt"
	"testing"
)

func TestOpenedPosts(t *testing.T) {
	var opened OpenedPosts
	for range 2 {
		for i := range 25 {
			opened.Add(fmt.Sprint(i))
		}
	}
	if len(opened) != 20 || opened[0] != "0" || opened[19] != "19" {
		t.Errorf("%q", opened)
	}
}
