package hotplex

import (
	"errors"
	"testing"
)

// isSettled has the failure, too.
func isSettled(answer <-chan error) (bool, error) {
	select {
	case err := <-answer:
		return true, err
	default:
		return false, nil
	}
}

func TestAnAnsweredPingSettlesWhatWasSentBeforeIt(t *testing.T) { // [I5]
	var answers pendingAnswers
	one := answers.open("evt_1", nil, "")
	answers.pinged("evt_p1")
	two := answers.open("evt_2", nil, "")
	answers.pinged("evt_p2")
	answers.ponged()
	if settled, err := isSettled(one); !settled || err != nil {
		t.Errorf("the first: %v, %v", settled, err)
	}
	if settled, _ := isSettled(two); settled {
		t.Error("the second was not answered")
	}
	answers.refuse("evt_2", newError(CodeNotSupported, "no"))
	answers.ponged()
	if _, err := isSettled(two); !errors.Is(err, CodeNotSupported) {
		t.Errorf("the second: %v", err)
	}
}

func TestARefusedPingIsAnAnswer(t *testing.T) { // [B4]
	var answers pendingAnswers
	one := answers.open("evt_1", nil, "")
	answers.pinged("evt_p1")
	answers.refuse("evt_p1", newError(CodeRateLimited, "too many"))
	if settled, err := isSettled(one); !settled || err != nil {
		t.Errorf("it is %v, %v", settled, err)
	}
}

func TestAnEventConfirms(t *testing.T) {
	var answers pendingAnswers
	permission := answers.open("evt_1", nil, "permission.resolved:ask-1")
	edit := answers.open("evt_2", nil, "input.status:in-1")
	answers.pinged("evt_p1")
	answers.ponged()
	answers.confirm(PermissionResolvedEvent{ID: "ask-2", Allowed: true})
	for _, answer := range []<-chan error{permission, edit} {
		if settled, _ := isSettled(answer); settled {
			t.Error("neither was confirmed")
		}
	}
	answers.confirm(InputStatusEvent{InputID: "in-1", Status: InputStatusQueued})
	answers.confirm(PermissionResolvedEvent{ID: "ask-1"})
	for _, answer := range []<-chan error{permission, edit} {
		if settled, err := isSettled(answer); !settled || err != nil {
			t.Errorf("both were confirmed: %v, %v", settled, err)
		}
	}
}

func TestANewConnectionGetsWhatIsOpen(t *testing.T) {
	var answers pendingAnswers
	one := answers.open("evt_1", []byte("frame 1"), "")
	given := answers.open("evt_2", []byte("frame 2"), "")
	answers.forget("evt_2")
	answers.pinged("evt_p1")
	if unsent := answers.unsent(); len(unsent) != 1 || string(unsent[0].frame) != "frame 1" {
		t.Errorf("what is open is %v", unsent)
	}
	answers.pinged("evt_p2")
	answers.ponged()
	if settled, _ := isSettled(one); !settled || len(answers.unsent()) != 0 {
		t.Error("it was answered")
	}
	if settled, _ := isSettled(given); settled {
		t.Error("nobody listens to the second any more")
	}
}

func TestTheEndIsToldToAll(t *testing.T) {
	var answers pendingAnswers
	waiting := []<-chan error{answers.open("evt_1", nil, ""), answers.open("evt_2", nil, "input.status:in-1")}
	answers.abandon(newError(CodeClientClosed, "closed"))
	for _, answer := range waiting {
		if _, err := isSettled(answer); !errors.Is(err, CodeClientClosed) {
			t.Errorf("it was told %v", err)
		}
	}
}
