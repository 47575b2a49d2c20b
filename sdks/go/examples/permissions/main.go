// Command permissions decides what the agent may do: it asks before it uses a tool.
package main

import (
	"context"
	"fmt"
	"os"
	"strings"

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
	turn := client.Prompt(ctx, "permission")
	denied := false
	for envelope, err := range turn.Events() {
		if err != nil {
			return err
		}
		switch event := envelope.Event.(type) {
		case hotplex.PermissionRequestEvent:
			fmt.Printf("it wants to use %s: %s\n", event.ToolName, event.Description)
			no := hotplex.PermissionAnswer{Allowed: false, Reason: "not today"}
			if err := client.RespondToPermission(ctx, event.ID, no); err != nil {
				return err
			}
		case hotplex.ToolResultEvent:
			denied = event.Denied
		}
	}
	result, err := turn.Result()
	if err != nil {
		return err
	}
	fmt.Println(result.Text)
	if !denied || !strings.Contains(result.Text, "not today") {
		return fmt.Errorf("the tool ran without a permission")
	}
	return nil
}
