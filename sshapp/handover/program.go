package handover

import (
	"os"
	"os/exec"
	"path/filepath"
)

// Program returns the absolute path that this process was started by. Whatever lies there later is the program's next
// version, while [os.Executable] follows the file of this one when it is renamed. It must be called before the file can be
// replaced and before the working directory changes. A name in os.Args that isn't this program's is not believed.
func Program() (string, error) {
	running, err := os.Executable()
	if err != nil {
		return "", err
	}
	named, err := exec.LookPath(os.Args[0])
	if err != nil || !sameFile(named, running) {
		return running, nil
	}
	return filepath.Abs(named)
}

func sameFile(a, b string) bool {
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(infoA, infoB)
}
