//go:build gateway

package hotplex

import (
	"cmp"
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestSessionsByHTTP(t *testing.T) {
	ctx := t.Context()
	api, err := NewSessionsAPI(AccessOptions{URL: gatewayURL, Auth: gatewayKey})
	must(t, err)
	agents, err := api.Agents(ctx)
	must(t, err)
	if !slices.ContainsFunc(agents.Agents, func(agent AgentSummary) bool { return agent.Type == "demo" && agent.Available }) {
		t.Errorf("the agents are %+v", agents)
	}
	word := "w" + strings.ToLower(rand.Text())
	made, err := api.Create(ctx, NewSession{
		WorkerType: "demo", Title: "mine", Config: &SessionConfig{Metadata: map[string]any{"a": "b"}},
	})
	must(t, err)
	if made.Config.Metadata["a"] != "b" || *made.Title != "mine" || made.State != SessionStateCreated {
		t.Errorf("it was made as %+v", made)
	}
	mustEnd(t, openReal(t, Options{SessionID: made.ID}).Prompt(ctx, "remember "+word))
	page, err := api.Events(ctx, made.ID, EventQuery{Limit: 3})
	must(t, err)
	if len(page.Events) != 3 || page.Events[2].Seq != 3 {
		t.Errorf("the page is %+v", page)
	}
	var seqs []int64
	var turn string
	for envelope, err := range api.AllEvents(ctx, made.ID, 0) {
		must(t, err)
		seqs = append(seqs, envelope.Seq)
		turn = cmp.Or(turn, envelope.TurnID)
	}
	if !isGapless(seqs) || int64(len(seqs)) < page.LastSeq {
		t.Errorf("the log is %v", seqs)
	}
	renamed, err := api.Rename(ctx, made.ID, "yours")
	must(t, err)
	if *renamed.Title != "yours" {
		t.Errorf("it is called %s", *renamed.Title)
	}
	listed, err := api.List(ctx, PageQuery{Limit: 100})
	must(t, err)
	if !slices.ContainsFunc(listed.Sessions, func(session SessionSummary) bool { return session.ID == made.ID }) {
		t.Error("it is not listed")
	}
	found, err := api.Search(ctx, word, PageQuery{})
	must(t, err)
	if len(found.Hits) == 0 || found.Hits[0].SessionID != made.ID {
		t.Errorf("found was %+v", found)
	}
	branch, err := api.Fork(ctx, made.ID, Branch{Title: "branch"})
	must(t, err)
	if branch.ID == made.ID {
		t.Error("the branch is the session")
	}
	for turns, place := range []Branch{{BeforeTurn: turn}, {AfterTurn: turn}} {
		early, err := api.Fork(ctx, made.ID, place)
		must(t, err)
		if early.Totals.TurnCount != int64(turns) {
			t.Errorf("%+v has %d turns", place, early.Totals.TurnCount)
		}
	}
	must(t, api.Remove(ctx, made.ID))
	if _, err := api.Get(ctx, made.ID); !errors.Is(err, CodeSessionNotFound) {
		t.Errorf("a removed session: %v", err)
	}
	stranger, err := NewSessionsAPI(AccessOptions{URL: gatewayURL})
	must(t, err)
	if _, err := stranger.List(ctx, PageQuery{}); !errors.Is(err, CodeAuthRequired) && !errors.Is(err, CodeUnauthorized) {
		t.Errorf("a stranger was told %v", err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
