//go:build !unix

package publish

import "os"

// flock does nothing: only one process may use a site here.
func flock(*os.File) error { return nil }

func flockShared(*os.File) (ok bool, err error) { return true, nil }
func flockAlone(*os.File) (ok bool, err error)  { return true, nil }

func runs(int) bool { return false }
