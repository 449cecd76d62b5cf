//go:build !unix

package main

import "os"

// notifyReport returns nil: there is no signal here that asks for the counters.
func notifyReport() <-chan os.Signal { return nil }
