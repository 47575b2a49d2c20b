package hotplex

import (
	"bytes"
	"encoding/json"
	"time"
)

// Event is what a gateway says: one of the types of this package that end in Event.
type Event interface {
	// Type is the event's kind, as the protocol calls it.
	Type() string
}

// Envelope is one frame: an event with its number, its session and its time.
type Envelope struct {
	// ID is the same in every replay.
	ID string
	// Seq is the event's number in its session; frames of the connection carry the current one.
	Seq       int64
	SessionID string
	Timestamp time.Time
	// TurnID is empty for what belongs to no turn.
	TurnID string
	// Priority is "control", "data" or empty.
	Priority string
	Event    Event
}

// newerEvent is of a kind that this package does not know. Its number may be one of the log.
type newerEvent struct{ kind string }

func (event newerEvent) Type() string { return event.kind }

// decode reads a frame. It is not ok if it is none of this protocol, or a known kind with wrong fields.
func decode(raw []byte) (Envelope, bool) {
	var value any
	if json.Unmarshal(raw, &value) != nil {
		return Envelope{}, false
	}
	return readEnvelope(value)
}

// readEnvelope is lenient: only what cannot be done without is required (F3).
func readEnvelope(value any) (Envelope, bool) {
	frame := openRecord(value)
	envelope := Envelope{
		ID:        orZero(optional(frame, "id", nullable(readText))),
		Seq:       orZero(optional(frame, "seq", nullable(readInteger))),
		SessionID: orZero(optional(frame, "session_id", nullable(readText))),
		TurnID:    orZero(optional(frame, "turn_id", nullable(readText))),
		Priority:  optional(frame, "priority", oneOf("control", "data")),
	}
	if milliseconds := optional(frame, "timestamp", nullable(readNumber)); milliseconds != nil {
		envelope.Timestamp = time.UnixMilli(int64(*milliseconds))
	}
	event := openRecord(frame.fields["event"])
	kind := required(event, "type", readText)
	if !frame.ok || !event.ok || kind == "" || required(frame, "version", readText) != ProtocolVersion {
		return Envelope{}, false
	}
	data := event.fields["data"]
	if data == nil {
		data = map[string]any{}
	}
	read, known, ok := readEvent(kind, data)
	if !known {
		envelope.Event = newerEvent{kind}
		return envelope, true
	}
	envelope.Event = read
	return envelope, ok
}

func orZero[T any](pointer *T) T {
	if pointer == nil {
		var zero T
		return zero
	}
	return *pointer
}

// clientFrame is a frame of ours, with the fields that a strict peer asks for.
type clientFrame struct {
	Version   string      `json:"version"`
	ID        string      `json:"id"`
	Seq       int64       `json:"seq"`
	SessionID string      `json:"session_id"`
	Timestamp int64       `json:"timestamp"`
	Event     clientEvent `json:"event"`
}

type clientEvent struct {
	Type string `json:"type"`
	Data any    `json:"data"`
}

// encode writes a value as one line of JSON. It fails for what has no JSON: channels, functions, cycles, NaN.
func encode(value any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		failure := newError(CodeInvalidMessage, "this has no JSON: "+err.Error())
		failure.cause = err
		return nil, failure
	}
	return bytes.TrimRight(text.Bytes(), "\n"), nil
}
