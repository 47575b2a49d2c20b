// Command multi_turn is a conversation: the agent remembers what was said before.
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
	if _, err := client.Prompt(ctx, "remember the blue door").Result(); err != nil {
		return err
	}
	answer, err := client.Prompt(ctx, "recall").Result()
	if err != nil {
		return err
	}
	fmt.Println(answer.Text)
	if !strings.Contains(answer.Text, "the blue door") {
		return fmt.Errorf("the agent has forgotten")
	}
	return nil
}
