package hotplex

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func frameOf(t *testing.T, kind string, data any, rest map[string]any) []byte {
	t.Helper()
	frame := map[string]any{"version": "aep/v1", "event": map[string]any{"type": kind, "data": data}}
	for name, value := range rest {
		frame[name] = value
	}
	text, err := json.Marshal(frame)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestWhatAnEnvelopeMayLackIsEmpty(t *testing.T) {
	envelope, ok := decode(frameOf(t, "state", map[string]any{"state": "idle"}, nil))
	want := Envelope{Event: StateEvent{State: SessionStateIdle}}
	if !ok || !reflect.DeepEqual(envelope, want) {
		t.Errorf("it is %+v", envelope)
	}
}

func TestANewerKindIsKnownByItsNumber(t *testing.T) {
	envelope, ok := decode(frameOf(t, "hologram", map[string]any{"x": 1}, map[string]any{"seq": 7}))
	if !ok || envelope.Seq != 7 || envelope.Event != (newerEvent{"hologram"}) {
		t.Errorf("it is %+v", envelope)
	}
}

func TestNewerFieldsAreSkippedAndFiguresAreKept(t *testing.T) {
	stats := map[string]any{"tokens_of_tomorrow": 3}
	sums := map[string]any{"turn_count": 2}
	for _, name := range strings.Fields("duration_ms tool_calls input_tokens output_tokens cache_read_tokens " +
		"cache_write_tokens total_tokens cost_usd") {
		stats[name], sums[name] = nil, nil
	}
	for _, name := range strings.Fields("time_to_first_token_ms model context_used_percent stop_reason") {
		stats[name] = nil
	}
	stats["_session"] = sums
	stats["output_tokens"] = 12.5
	envelope, ok := decode(frameOf(t, "done", map[string]any{"success": true, "stats": stats, "mood": "good"}, nil))
	done, isDone := envelope.Event.(DoneEvent)
	if !ok || !isDone {
		t.Fatalf("it is %+v", envelope)
	}
	if done.Stats.Session.TurnCount != 2 || *done.Stats.OutputTokens != 12.5 || done.Stats.InputTokens != nil {
		t.Errorf("the figures are %+v", done.Stats)
	}
	if !reflect.DeepEqual(done.Stats.Extra, map[string]any{"tokens_of_tomorrow": 3.0}) {
		t.Errorf("what is new is %v", done.Stats.Extra)
	}
}

func TestWhatIsWrongIsNoFrame(t *testing.T) {
	idle := map[string]any{"state": "idle"}
	for _, raw := range [][]byte{
		[]byte(""),
		[]byte("not json"),
		[]byte("[]"),
		[]byte("null"),
		[]byte(`{"version":"aep/v1"}`),
		[]byte(`{"version":"aep/v1","seq":NaN,"event":{"type":"pong","data":{"state":"idle"}}}`),
		[]byte(strings.Repeat("[", 100_000)),
		frameOf(t, "", map[string]any{}, nil),
		frameOf(t, "state", map[string]any{"state": "dancing"}, nil),
		frameOf(t, "state", map[string]any{"STATE": "idle"}, nil),
		frameOf(t, "state", map[string]any{"state": "idle", "message": nil}, nil),
		frameOf(t, "state", map[string]any{}, nil),
		frameOf(t, "state", "idle", nil),
		frameOf(t, "state", idle, map[string]any{"version": "aep/v2"}),
		frameOf(t, "state", idle, map[string]any{"priority": "high"}),
		frameOf(t, "state", idle, map[string]any{"seq": 1.5}),
		frameOf(t, "message.delta", map[string]any{"message_id": 7, "content": "x"}, nil),
		frameOf(t, "done", map[string]any{"success": "true"}, nil),
		frameOf(t, "input", map[string]any{
			"input_id": "in", "content": "", "author": "me", "delivery": "queue", "status": "queued",
			"parts": []any{map[string]any{"type": "smell", "text": "roses"}},
		}, nil),
	} {
		if envelope, ok := decode(raw); ok {
			t.Errorf("%.100s was taken for %+v", raw, envelope)
		}
	}
}

func TestAQuestionHasOneAnswerOrSeveral(t *testing.T) {
	answers := map[string]any{"colour": "blue", "sizes": []any{"s", "m"}}
	data := map[string]any{"id": "q", "answers": answers, "by": nil, "reason": "answered"}
	envelope, ok := decode(frameOf(t, "question.resolved", data, nil))
	want := QuestionResolvedEvent{
		ID: "q", Reason: "answered", Answers: map[string]any{"colour": "blue", "sizes": []string{"s", "m"}},
	}
	if !ok || !reflect.DeepEqual(envelope.Event, want) {
		t.Errorf("it is %+v", envelope.Event)
	}
}

func TestPartsAreReadAsTheyAreWritten(t *testing.T) {
	parts := []InputPart{
		InputPartText{Text: "a <b>"},
		InputPartImage{MediaType: "image/png", Data: "AAAA"},
		InputPartFile{FileID: "f-1", Name: "notes"},
	}
	written, err := encode(inputRequest{Content: "look", Parts: parts})
	if err != nil {
		t.Fatal(err)
	}
	var value map[string]any
	if err := json.Unmarshal(written, &value); err != nil {
		t.Fatal(err)
	}
	read, ok := listOf(readInputPart)(value["parts"])
	if !ok || !reflect.DeepEqual(read, parts) {
		t.Errorf("%s was read as %+v", written, read)
	}
}

func TestAnEmptyListIsSaidAndAnAbsentOneIsNot(t *testing.T) {
	for want, config := range map[string]SessionConfig{
		`{}`:                   {},
		`{"allowed_tools":[]}`: {AllowedTools: []string{}},
		`{"model":"small"}`:    {Model: "small"},
	} {
		if written, err := encode(config); err != nil || string(written) != want {
			t.Errorf("%+v was written as %s, %v", config, written, err)
		}
	}
}

func TestLineSeparatorsAreEscaped(t *testing.T) {
	written, err := encode(inputRequest{Content: "a\u2028b\u2029c<&>"})
	if err != nil || string(written) != `{"content":"a\u2028b\u2029c<&>"}` {
		t.Errorf("it is %s, %v", written, err)
	}
}
