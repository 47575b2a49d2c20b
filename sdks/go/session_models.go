package hotplex

// SessionSummary is a session as the gateway lists it.
type SessionSummary struct {
	ID string `json:"id"`
	// Title is nil while the session has none.
	Title      *string       `json:"title"`
	WorkerType string        `json:"worker_type"`
	State      SessionState  `json:"state"`
	WorkDir    string        `json:"work_dir"`
	Config     SessionConfig `json:"config"`
	CreatedAt  string        `json:"created_at"`
	UpdatedAt  string        `json:"updated_at"`
	Epoch      string        `json:"epoch"`
	LastSeq    int64         `json:"last_seq"`
	// Turn is the one that runs, if one does.
	Turn   *InitAckTurn  `json:"turn"`
	Totals SessionTotals `json:"totals"`
	// Pending is how many requests and questions are open.
	Pending int `json:"pending"`
	// Queued is how many prompts wait for their turn.
	Queued int `json:"queued"`
}

// SessionPage is a part of the list, newest first.
type SessionPage struct {
	Sessions []SessionSummary `json:"sessions"`
	// NextCursor is empty on the last page.
	NextCursor string `json:"next_cursor"`
}

// AgentSummary is an agent, and whether it can be used here.
type AgentSummary struct {
	Type      string `json:"type"`
	Title     string `json:"title"`
	Available bool   `json:"available"`
	// Version is nil for what is not there.
	Version *string `json:"version"`
	// Tested is the version that HotPlex was tested with; nil for what is part of it.
	Tested *string `json:"tested"`
	// Reason and Install say why it is not available, and what to do about it.
	Reason  string `json:"reason"`
	Install string `json:"install"`
	// Accepts has the fields of SessionConfig that it takes.
	Accepts         []string                  `json:"accepts"`
	PermissionModes []PermissionMode          `json:"permission_modes"`
	Models          []ServerCapabilitiesModel `json:"models"`
	// Capabilities are what it can do, as the InitAckEvent says it of a session.
	Capabilities ServerCapabilities `json:"capabilities"`
}

// AgentList has every agent that the gateway knows.
type AgentList struct {
	Agents         []AgentSummary `json:"agents"`
	DefaultWorkDir string         `json:"default_work_dir"`
}

// SearchHit is a place where all words of a search are.
type SearchHit struct {
	SessionID string `json:"session_id"`
	// Title is the session's.
	Title *string `json:"title"`
	// Kind is "prompt", "message" or "title".
	Kind string `json:"kind"`
	// Seq is the number of the event where the text begins; 0 for a title.
	Seq int64 `json:"seq"`
	// Timestamp is in milliseconds since 1970.
	Timestamp int64  `json:"timestamp"`
	Snippet   string `json:"snippet"`
	// Highlights are where in the snippet words are: start and length, in UTF-16 units.
	Highlights [][2]int `json:"highlights"`
}

// SearchPage has hits, newest first. A short page may have a next one.
type SearchPage struct {
	Hits []SearchHit `json:"hits"`
	// NextCursor is empty on the last page.
	NextCursor string `json:"next_cursor"`
}

// EventPage is a part of a session's log.
type EventPage struct {
	Events    []Envelope
	OldestSeq int64
	LastSeq   int64
	Epoch     string
}

// PageQuery says which page of a list is meant; the zero value: the first one, of the gateway's size.
type PageQuery struct {
	Limit  int
	Cursor string
}

// EventQuery says which events are meant: those after a number, or the last ones before a number. What is zero is not
// said.
type EventQuery struct {
	After, Before int64
	Limit         int
}

// NewSession is how a session is made.
type NewSession struct {
	WorkerType string `json:"worker_type"`
	Title      string `json:"title,omitzero"`
	// ClientKey is your own key for the conversation.
	ClientKey string         `json:"client_key,omitzero"`
	Config    *SessionConfig `json:"config,omitzero"`
}

// Branch is how a session goes on from another one: under what title, in which folder, and from where: from its end,
// or from one place that is named, before a turn and its prompt or after a turn.
type Branch struct {
	Title      string `json:"title,omitzero"`
	WorkDir    string `json:"work_dir,omitzero"`
	BeforeTurn string `json:"before_turn,omitzero"`
	AfterTurn  string `json:"after_turn,omitzero"`
}
