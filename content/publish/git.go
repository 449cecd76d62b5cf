package publish

// GitDir returns the path of the directory in which Git's history of the site is kept. It is made by whoever keeps it.
func (s *Site) GitDir() string { return s.path(gitDir) }

// LockGit keeps everybody else from changing what is in GitDir, in this process and in others. Who holds it may commit.
func (s *Site) LockGit() (unlock func(), err error) { return lockFile(&s.git, s.path(gitLock)) }
