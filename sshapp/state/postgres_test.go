package state_test

import (
	"reflect"
	"strconv"
	"testing"
	"time"

	"postern/sshapp/postgres"
	"postern/sshapp/postgres/pgtest"
	"postern/sshapp/state"
	"postern/sshapp/state/storetest"
)

func TestPostgres(t *testing.T) {
	server := pgtest.Start(t)
	storetest.Test(t, func(t *testing.T) func() state.Store {
		url := server.Database()
		return func() state.Store { return openPostgres(t, url) }
	})
	t.Run("what is kept moves from one database to the other, and back", func(t *testing.T) { testCopy(t, openPostgres(t, server.Database())) })
}

func openPostgres(t *testing.T, url string) state.Store {
	t.Helper()
	db, err := postgres.Open(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	s, err := state.OpenPostgres(db)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func testCopy(t *testing.T, shared state.Store) {
	const readers = 1100 // more than twice what is copied at once
	at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	one, two := openSQLite(t, t.TempDir()), openSQLite(t, t.TempDir())
	id := func(i int) state.ID { return state.ID{byte(i >> 8), byte(i), 1} }
	for i := range readers {
		c := state.Change{
			Agreed: true, Seen: at, Settings: &state.Settings{Width: i}, Posts: map[string]state.Post{"bread": {Percent: i % 100, At: at}},
			Bookmarks: []state.Bookmark{{Post: "bread", Mark: strconv.Itoa(i), Text: "Flour\xe6\xbc", At: at}}, // cut inside a character
		}
		if err := one.Save(t.Context(), id(i), c); err != nil {
			t.Fatal(err)
		}
	}
	counted := []state.Count{{Key: state.Key{Day: "2026-11-01", Post: "bread", Way: state.Pipe}, Reads: 3, Uniques: 1}}
	for range counted[0].Reads {
		tally := state.Tally{Key: counted[0].Key, Reads: 1, Readers: state.NewSketch()}
		tally.Readers.Add(7)
		if err := one.Count(t.Context(), []state.Tally{tally}); err != nil {
			t.Fatal(err)
		}
	}
	for _, way := range [][2]state.Store{{shared, one}, {shared, one}, {two, shared}} {
		if n, err := state.Copy(t.Context(), way[0], way[1]); n != readers || err != nil {
			t.Fatalf("%d readers were copied, %v", n, err)
		}
	}
	for i := range readers {
		want, err := one.Load(t.Context(), id(i))
		got, gotErr := two.Load(t.Context(), id(i))
		if err != nil || gotErr != nil {
			t.Fatal(err, gotErr)
		}
		want.Bookmarks[0].Text = "Flour"
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("reader %d: %v, want %v", i, got, want)
		}
	}
	if got, err := two.Counts(t.Context(), state.Key{}, 10); err != nil || !reflect.DeepEqual(got, counted) {
		t.Errorf("counts: %v, %v", got, err)
	}
}
