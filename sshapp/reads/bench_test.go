package reads_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"postern/sshapp/postgres"
	"postern/sshapp/postgres/pgtest"
	"postern/sshapp/reads"
	"postern/sshapp/state"
)

// BenchmarkSummarize sums up a million counts: of 250 posts, in four ways, on 1000 days.
func BenchmarkSummarize(b *testing.B) {
	b.Run("SQLite", func(b *testing.B) {
		benchmarkSummarize(b, state.NewDatabase(b.TempDir(), slog.New(slog.DiscardHandler)))
	})
	b.Run("PostgreSQL", func(b *testing.B) {
		db, err := postgres.Open(pgtest.Start(b).Database())
		if err != nil {
			b.Fatal(err)
		}
		benchmarkSummarize(b, state.NewSharedDatabase(db, slog.New(slog.DiscardHandler)))
	})
}

func benchmarkSummarize(b *testing.B, db *state.Database) {
	defer db.Close()
	now := time.Now()
	ctx := context.Background()
	write := func(w state.Writer) error {
		for day := range 1000 {
			var counts []state.Count
			for post := range 250 {
				for _, way := range []state.Way{state.Screens, state.Lines, state.Pipe, state.Files} {
					key := state.Key{Day: state.Day(now.AddDate(0, 0, -day)), Post: fmt.Sprintf("some-post-%d", post), Way: way}
					counts = append(counts, state.Count{Key: key, Reads: 1 + day%7, Uniques: 1})
				}
			}
			if err := w.AddCounts(ctx, counts); err != nil {
				return err
			}
		}
		return nil
	}
	if err := db.Use(ctx, func(_ context.Context, s state.Store) error { return s.Replace(ctx, write) }); err != nil {
		b.Fatal(err)
	}
	counter := reads.NewCounter(db)
	for b.Loop() {
		if _, err := counter.Summarize(ctx, "", 28); err != nil {
			b.Fatal(err)
		}
	}
}
