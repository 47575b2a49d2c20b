// Command streaming prints words as the agent writes them.
package main

import (
	"context"
	"fmt"
	"os"

	hotplex "github.com/hotplex/hotplex/sdks/go"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	client, err := hotplex.New(hotplex.Options{
		URL:        os.Getenv("HOTPLEX_URL"),
		WorkerType: "demo",
		Auth:       hotplex.Key(os.Getenv("HOTPLEX_KEY")),
	})
	if err != nil {
		return err
	}
	defer client.Close()
	if _, err := client.Connect(ctx); err != nil {
		return err
	}
	turn := client.Prompt(ctx, "flood 50")
	streamed := ""
	for envelope, err := range turn.Events() {
		if err != nil {
			return err
		}
		if delta, isText := envelope.Event.(hotplex.MessageDeltaEvent); isText {
			fmt.Print(delta.Content)
			streamed += delta.Content
		}
	}
	result, err := turn.Result()
	if err != nil {
		return err
	}
	if !result.Success || streamed != result.Text {
		return fmt.Errorf("what was streamed is not the answer")
	}
	return nil
}
