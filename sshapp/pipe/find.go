package pipe

import (
	"fmt"

	"postern/content"
)

// unknown says that there is no such command.
func unknown(name string, host content.Host) error {
	return usagef("there is no command %s here; try: %s help", quoted(name), host.Command(""))
}

// find returns the post at an address, among those that are published now. What is unlisted is found, and never suggested.
func find(now *content.Edition, address string) (*content.Post, error) {
	if p, ok := now.Find(address); ok {
		return p, nil
	}
	return nil, fmt.Errorf("there is no post %s", quoted(address))
}
