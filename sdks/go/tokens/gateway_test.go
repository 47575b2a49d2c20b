//go:build gateway

package tokens

import (
	"context"
	"encoding/json"
	"os"
	"reflect"
	"sync/atomic"
	"testing"
	"time"

	hotplex "github.com/hotplex/hotplex/sdks/go"
)

// serviceSigner signs with the key that the gateway at HOTPLEX_URL trusts: HOTPLEX_TOKEN_KEY, in PEM.
func serviceSigner(t *testing.T, life time.Duration) *Signer {
	t.Helper()
	signer, err := NewSigner(Options{
		Key: []byte(os.Getenv("HOTPLEX_TOKEN_KEY")), KeyID: "service-1", Subject: "ann",
		Issuer: "https://sso.example", Life: life,
	})
	if err != nil {
		t.Fatal(err)
	}
	return signer
}

func TestAClientOutlivesItsTokens(t *testing.T) { // [H8]
	signer := serviceSigner(t, time.Second)
	var asked atomic.Int64
	client, err := hotplex.New(hotplex.Options{
		URL: os.Getenv("HOTPLEX_URL"), WorkerType: "demo", Reconnect: hotplex.NeverReconnect,
		Auth: hotplex.CredentialFunc(func(ctx context.Context) (string, error) {
			asked.Add(1)
			return signer.Token(ctx)
		}),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if _, err := client.Connect(t.Context()); err != nil {
		t.Fatal(err)
	}
	for envelope, err := range client.Notices(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if control, isControl := envelope.Event.(hotplex.ControlEvent); isControl && control.Action == string(hotplex.ControlReauth) {
			break
		}
	}
	result, err := client.Prompt(t.Context(), "flood 3").Result()
	if err != nil || result.Text != "0 1 2 " || asked.Load() < 2 {
		t.Errorf("after %d tokens it said %q, %v", asked.Load(), result.Text, err)
	}
}

func TestTheKeySetIsThatOfTheGateway(t *testing.T) {
	own, err := serviceSigner(t, time.Minute).KeySet()
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(os.Getenv("HOTPLEX_JWKS_FILE"))
	if err != nil {
		t.Fatal(err)
	}
	var made, trusted any
	if err := json.Unmarshal(own, &made); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(file, &trusted); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(made, trusted) {
		t.Errorf("it is %s, and not %s", own, file)
	}
}
