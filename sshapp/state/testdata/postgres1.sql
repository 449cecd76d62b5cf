-- A database of schema 1, as the program of that time made it.
CREATE TABLE schema_version (part text PRIMARY KEY, version int NOT NULL);
CREATE TABLE readers (
	number bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
	id bytea NOT NULL UNIQUE,
	seen bigint NOT NULL, -- times are Unix seconds, 0 for never
	here bigint NOT NULL,
	before bigint NOT NULL,
	theme text NOT NULL DEFAULT '',
	width int NOT NULL DEFAULT 0
);
CREATE INDEX readers_seen ON readers (seen);
CREATE TABLE posts (
	reader bigint NOT NULL REFERENCES readers ON DELETE CASCADE,
	address text NOT NULL,
	mark text NOT NULL,
	percent int NOT NULL,
	at bigint NOT NULL,
	PRIMARY KEY (reader, address)
);
CREATE TABLE bookmarks (
	reader bigint NOT NULL REFERENCES readers ON DELETE CASCADE,
	address text NOT NULL,
	mark text NOT NULL,
	text text COLLATE "C" NOT NULL,
	at bigint NOT NULL,
	PRIMARY KEY (reader, address, mark)
);
CREATE TABLE salts (
	day text COLLATE "C" PRIMARY KEY,
	salt bytea NOT NULL
);
CREATE TABLE sketches (
	day text COLLATE "C" NOT NULL,
	post text COLLATE "C" NOT NULL,
	way text COLLATE "C" NOT NULL,
	sketch bytea NOT NULL,
	PRIMARY KEY (day, post, way)
);
CREATE TABLE counts (
	day text COLLATE "C" NOT NULL,
	post text COLLATE "C" NOT NULL,
	way text COLLATE "C" NOT NULL,
	reads bigint NOT NULL,
	uniques bigint NOT NULL,
	PRIMARY KEY (day, post, way)
);
INSERT INTO readers (id, seen, here, before, theme, width) VALUES ('\x0a000000000000000000000000000000', 1795348800, 1795348800, 1795262400, 'dark', 56);
INSERT INTO readers (id, seen, here, before) VALUES ('\x0b000000000000000000000000000000', 1795348800, 0, 0);
INSERT INTO posts VALUES (1, 'bread', 'a.1', 40, 1795348800);
INSERT INTO bookmarks VALUES (1, 'bread', 'b.2', 'Flour “and” water', 1795348800);
INSERT INTO counts VALUES ('2026-11-22', 'bread', 'screens', 5, 2);
INSERT INTO sketches VALUES ('2026-11-22', 'bread', 'screens', '\x001c00e3ff020e00010000000000000002034c47b400000008d084fd10e48ab409010000ffff');
INSERT INTO salts VALUES ('2026-11-22', '\x0100000000000000000000000000000000000000000000000000000000000000');
INSERT INTO schema_version VALUES ('readers', 1);
