package main

import (
	"context"

	"github.com/spf13/pflag"

	"postern/keys"
	"postern/sshapp"
	"postern/sshapp/cluster"
	"postern/sshapp/postgres"
	"postern/sshapp/state"
)

// addDatabase adds the flag for the database that several machines share.
func addDatabase(flags *pflag.FlagSet, url *string) {
	flags.StringVar(url, "database", "", "database in PostgreSQL that several machines share, such as postgres://postern@db.example.com/postern; the password is better in PGPASSFILE")
}

// A shared is what a server has in common with others.
type shared struct {
	db   *postgres.DB
	node *cluster.Node
}

// join has this machine join the others that use a database.
func join(ctx context.Context, args []string, f serveFlags, c sshapp.Config) (*shared, error) {
	if len(args) > 0 {
		return nil, usagef("--database is for the site that authors publish, and not for a directory: leave %s out, or --database", args[0])
	}
	db, err := postgres.Open(f.database)
	if err != nil {
		return nil, err
	}
	var node *cluster.Node
	m, err := f.machine(c)
	if err == nil {
		node, err = cluster.Join(ctx, db, m)
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return &shared{db, node}, nil
}

// machine returns what this machine brings along to others. It makes a readers' secret if there is none.
func (f serveFlags) machine(c sshapp.Config) (cluster.Machine, error) {
	secret, err := state.ReadSecret(f.data)
	m := cluster.Machine{Data: f.data, Limits: f.site, HostKeys: []string{keys.Fingerprint(c.HostKey.PublicKey())}, ReadersCheck: secret.Check(), Log: c.Log}
	if c.NextHostKey != nil {
		m.HostKeys = append(m.HostKeys, keys.Fingerprint(c.NextHostKey.PublicKey()))
	}
	return m, err
}
