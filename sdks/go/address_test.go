package hotplex

import (
	"errors"
	"testing"
)

func TestOneAddressIsEnough(t *testing.T) {
	for _, given := range []struct{ address, socket, origin string }{
		{"http://localhost:8888", "ws://localhost:8888/ws", "http://localhost:8888"},
		{"https://agents.example/", "wss://agents.example/ws", "https://agents.example"},
		{"ws://localhost:8888/ws", "ws://localhost:8888/ws", "http://localhost:8888"},
		{"wss://agents.example/gate?x=1", "wss://agents.example/gate?x=1", "https://agents.example"},
	} {
		socket, err := socketURL(given.address)
		if err != nil || socket != given.socket {
			t.Errorf("the socket of %s is %s, %v", given.address, socket, err)
		}
		origin, err := httpOrigin(given.address)
		if err != nil || origin.String() != given.origin {
			t.Errorf("the origin of %s is %s, %v", given.address, origin, err)
		}
	}
}

func TestAnAddressThatIsNoneIsSaidAtOnce(t *testing.T) {
	for _, address := range []string{"", "localhost:8888", "ftp://localhost", "http://", "://"} {
		_, err := New(Options{URL: address, WorkerType: "demo"})
		_, apiErr := NewSessionsAPI(AccessOptions{URL: address})
		if !errors.Is(err, CodeConfigInvalid) || !errors.Is(apiErr, CodeConfigInvalid) {
			t.Errorf("%q: %v, %v", address, err, apiErr)
		}
	}
	if _, err := New(Options{URL: "http://localhost"}); !errors.Is(err, CodeConfigInvalid) {
		t.Errorf("a client without an agent: %v", err)
	}
}
