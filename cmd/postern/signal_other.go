//go:build !unix

package main

import "os"

// notifyReport returns nil: there is no signal here that asks for the counters.
func notifyReport() <-chan os.Signal { return nil }

// notifyResize returns a channel that nothing comes from: there is no signal here that tells of a new size.
func notifyResize() chan os.Signal { return make(chan os.Signal) }
