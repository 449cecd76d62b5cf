package cluster

// migrations make the tables that machines share. Never change one that was released: add another. While machines are upgraded
// one after the other, older programs use the tables too, so a migration only adds to them.
var migrations = []string{
	// The one row of blog says which blog the database is of, and what its machines must have in common. A publication's files are
	// in tree: a line a file, of its SHA-256, its size and its path. The trees of generations that are kept no more are NULL. A blob
	// is in parts of at most 1 MiB; used is when a publication last counted on it.
	`CREATE TABLE blog (
		one bool PRIMARY KEY DEFAULT true CHECK (one),
		id uuid NOT NULL DEFAULT gen_random_uuid(),
		readers_check bytea,
		authors bytea
	);
	INSERT INTO blog DEFAULT VALUES;
	CREATE TABLE host_key (
		fingerprint text PRIMARY KEY,
		at timestamptz NOT NULL DEFAULT now()
	);
	CREATE TABLE blob (
		sha256 bytea NOT NULL,
		part int NOT NULL,
		bytes bytea NOT NULL,
		used timestamptz NOT NULL DEFAULT now(),
		PRIMARY KEY (sha256, part)
	);
	ALTER TABLE blob ALTER COLUMN bytes SET STORAGE EXTERNAL;
	CREATE TABLE generation (
		n int PRIMARY KEY,
		parent int NOT NULL UNIQUE,
		tree bytea,
		author text NOT NULL,
		at timestamptz NOT NULL,
		how text NOT NULL,
		record jsonb NOT NULL
	);`,
	// served is when a machine first had the key, NULL while it is only announced. A machine that came first with two keys has added
	// them at the same time: then none is said to be served, and the next machine that joins decides.
	`ALTER TABLE host_key ADD COLUMN served timestamptz;
	UPDATE host_key SET served = at WHERE at = (SELECT min(at) FROM host_key) AND (SELECT count(*) FROM host_key k WHERE k.at = host_key.at) = 1;`,
}
