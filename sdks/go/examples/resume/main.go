// Command resume comes back to a conversation that a program has left, and reads what it missed.
package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	hotplex "github.com/hotplex/hotplex/sdks/go"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	session, seen, err := begin(ctx)
	if err != nil {
		return err
	}
	// What came meanwhile is replayed: everything after the number that was seen last.
	client, err := open(session, &hotplex.Replay{LastSeq: seen})
	if err != nil {
		return err
	}
	defer client.Close()
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	events := client.Events(ctx)
	if _, err := client.Connect(ctx); err != nil {
		return err
	}
	var text strings.Builder
	for envelope, err := range events {
		if err != nil {
			return err
		}
		if delta, isText := envelope.Event.(hotplex.MessageDeltaEvent); isText {
			text.WriteString(delta.Content)
		}
		if _, isEnd := envelope.Event.(hotplex.DoneEvent); isEnd {
			break
		}
	}
	fmt.Printf("%d characters were read after coming back\n", text.Len())
	if !strings.HasSuffix(text.String(), " 5j\n") {
		return fmt.Errorf("the end of the answer is missing")
	}
	return nil
}

// begin asks for something, and leaves before it is answered.
func begin(ctx context.Context) (session string, seen int64, err error) {
	client, err := open("", nil)
	if err != nil {
		return "", 0, err
	}
	defer client.Close()
	greeting, err := client.Connect(ctx)
	if err != nil {
		return "", 0, err
	}
	if err := client.Prompt(ctx, "flood 200").Accepted(); err != nil {
		return "", 0, err
	}
	return greeting.SessionID, client.LastSeq(), nil
}

func open(session string, replay *hotplex.Replay) (*hotplex.Client, error) {
	return hotplex.New(hotplex.Options{
		URL:        os.Getenv("HOTPLEX_URL"),
		WorkerType: "demo",
		Auth:       hotplex.Key(os.Getenv("HOTPLEX_KEY")),
		SessionID:  session,
		Replay:     replay,
	})
}
