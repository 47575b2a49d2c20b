package main

import hotplex "github.com/hotplex/hotplex/sdks/go"

// clientResult is what one client of a program saw. Keys of a map are written in order.
type clientResult map[string]any

func (result scenarioResult) sorted() map[string]any {
	return map[string]any{"outcomes": result.Outcomes, "clients": result.Clients}
}

// eventText is the field of an event's data that stands for it; nil for kinds that have none.
func eventText(event hotplex.Event) any {
	switch event := event.(type) {
	case hotplex.StateEvent:
		return event.State
	case hotplex.InputEvent:
		return event.Content
	case hotplex.InputStatusEvent:
		return event.Status
	case hotplex.MessageStartEvent:
		return event.ID
	case hotplex.MessageDeltaEvent:
		return event.Content
	case hotplex.MessageEndEvent:
		return event.MessageID
	case hotplex.MessageEvent:
		return event.Content
	case hotplex.ReasoningEvent:
		return event.Content
	case hotplex.ToolCallEvent:
		return event.Name
	case hotplex.ToolResultEvent:
		return event.ID
	case hotplex.ErrorEvent:
		return event.Code
	case hotplex.PermissionRequestEvent:
		return event.ToolName
	case hotplex.PermissionResolvedEvent:
		return event.Allowed
	case hotplex.QuestionRequestEvent:
		return event.ID
	case hotplex.QuestionResolvedEvent:
		return event.Reason
	case hotplex.ElicitationRequestEvent:
		return event.ID
	case hotplex.ElicitationResolvedEvent:
		return event.Action
	case hotplex.DoneEvent:
		return event.Success
	}
	return nil
}

// noticeText is what a notice is about.
func noticeText(event hotplex.Event) string {
	switch event := event.(type) {
	case hotplex.ControlEvent:
		return event.Action
	case hotplex.ErrorEvent:
		return event.Code
	case hotplex.ResyncEvent:
		return event.Reason
	case hotplex.InputReceiptEvent:
		return string(event.Status)
	}
	return "null"
}
