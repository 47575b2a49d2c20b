package hotplex

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"net/url"
	"strconv"
)

// SessionsAPI reaches sessions by HTTP: it lists, makes, reads and removes them without a connection of their own. What
// fails is an [*Error], or the context's error.
type SessionsAPI struct {
	origin *url.URL
	door   httpDoor
}

// NewSessionsAPI fails when the address is none.
func NewSessionsAPI(options AccessOptions) (*SessionsAPI, error) {
	origin, door, err := openDoor(options)
	if err != nil {
		return nil, err
	}
	return &SessionsAPI{origin: origin, door: door}, nil
}

// Agents has every agent, and whether it can be used.
func (api *SessionsAPI) Agents(ctx context.Context) (AgentList, error) {
	return call[AgentList](ctx, api.door, http.MethodGet, api.origin.JoinPath("api/agents"), nil)
}

// List has the sessions that the caller may see.
func (api *SessionsAPI) List(ctx context.Context, page PageQuery) (SessionPage, error) {
	address := api.origin.JoinPath("api/sessions")
	address.RawQuery = page.values().Encode()
	return call[SessionPage](ctx, api.door, http.MethodGet, address, nil)
}

// Create makes a session.
func (api *SessionsAPI) Create(ctx context.Context, session NewSession) (SessionSummary, error) {
	return call[SessionSummary](ctx, api.door, http.MethodPost, api.origin.JoinPath("api/sessions"), session)
}

// Get has a session as it stands.
func (api *SessionsAPI) Get(ctx context.Context, id string) (SessionSummary, error) {
	return call[SessionSummary](ctx, api.door, http.MethodGet, api.session(id), nil)
}

// Rename gives a session another title.
func (api *SessionsAPI) Rename(ctx context.Context, id, title string) (SessionSummary, error) {
	return call[SessionSummary](ctx, api.door, http.MethodPatch, api.session(id), map[string]string{"title": title})
}

// Fork makes a session that goes on from this one, with a copy of its log.
func (api *SessionsAPI) Fork(ctx context.Context, id string, branch Branch) (SessionSummary, error) {
	return call[SessionSummary](ctx, api.door, http.MethodPost, api.session(id, "fork"), branch)
}

// Remove removes a session with its log.
func (api *SessionsAPI) Remove(ctx context.Context, id string) error {
	_, err := api.door.send(ctx, http.MethodDelete, api.session(id), nil)
	return err
}

// Events has one page of a session's log.
func (api *SessionsAPI) Events(ctx context.Context, id string, query EventQuery) (EventPage, error) {
	address := api.session(id, "events")
	values := url.Values{}
	setNumber(values, "after", query.After)
	setNumber(values, "before", query.Before)
	setNumber(values, "limit", int64(query.Limit))
	address.RawQuery = values.Encode()
	page, err := call[struct {
		Events    []json.RawMessage `json:"events"`
		OldestSeq int64             `json:"oldest_seq"`
		LastSeq   int64             `json:"last_seq"`
		Epoch     string            `json:"epoch"`
	}](ctx, api.door, http.MethodGet, address, nil)
	if err != nil {
		return EventPage{}, err
	}
	result := EventPage{OldestSeq: page.OldestSeq, LastSeq: page.LastSeq, Epoch: page.Epoch}
	for _, raw := range page.Events {
		envelope, ok := decode(raw)
		if _, isNewer := envelope.Event.(newerEvent); ok && !isNewer {
			result.Events = append(result.Events, envelope)
		}
	}
	return result, nil
}

// AllEvents has a session's whole log after a number, page by page. A failure comes last.
func (api *SessionsAPI) AllEvents(ctx context.Context, id string, after int64) iter.Seq2[Envelope, error] {
	return func(yield func(Envelope, error) bool) {
		for last := after; ; {
			page, err := api.Events(ctx, id, EventQuery{After: last, Limit: 1_000})
			if err != nil {
				yield(Envelope{}, err)
				return
			}
			next := page.LastSeq
			for _, envelope := range page.Events {
				next = envelope.Seq
				if !yield(envelope, nil) {
					return
				}
			}
			if next >= page.LastSeq || next <= last {
				return
			}
			last = next
		}
	}
}

// Search has prompts, answers and titles with all words of the text in them.
func (api *SessionsAPI) Search(ctx context.Context, text string, page PageQuery) (SearchPage, error) {
	address := api.origin.JoinPath("api/search")
	values := page.values()
	values.Set("q", text)
	address.RawQuery = values.Encode()
	return call[SearchPage](ctx, api.door, http.MethodGet, address, nil)
}

func (api *SessionsAPI) session(id string, more ...string) *url.URL {
	return api.origin.JoinPath(append([]string{"api/sessions", url.PathEscape(id)}, more...)...)
}

func (page PageQuery) values() url.Values {
	values := url.Values{}
	setNumber(values, "limit", int64(page.Limit))
	if page.Cursor != "" {
		values.Set("cursor", page.Cursor)
	}
	return values
}

func setNumber(values url.Values, name string, number int64) {
	if number != 0 {
		values.Set(name, strconv.FormatInt(number, 10))
	}
}
