// Command errors shows what can go wrong, and how a program tells one thing from another.
package main

import (
	"context"
	"errors"
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
	if err := askNobody(ctx); err != nil {
		return err
	}
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
	// A turn that failed is a result: the agent ran, and says what happened.
	result, err := client.Prompt(ctx, "error").Result()
	if err != nil {
		return err
	}
	if result.Success || result.Err == nil {
		return fmt.Errorf("the turn did not fail")
	}
	fmt.Printf("the turn failed: %v (again: %t)\n", result.Err, result.Err.Retryable)

	// A turn that never ran is an error, with a code to look for.
	first := client.Prompt(ctx, "wait", hotplex.WithInputID("job-1"))
	for _, err := range first.Events() {
		if err != nil {
			return err
		}
		break // It has begun.
	}
	_, err = client.Prompt(ctx, "flood 3", hotplex.WithInputID("job-1")).Result()
	if !errors.Is(err, hotplex.CodeInputConflict) {
		return fmt.Errorf("one name for two prompts was taken: %w", err)
	}
	fmt.Println(err)

	// Leaving a turn does not end it: that has to be asked for.
	if err := first.Interrupt(ctx); err != nil {
		return err
	}
	result, err = first.Result()
	if err != nil {
		return err
	}
	fmt.Println("the turn ended:", result.StopReason)
	if result.StopReason != "interrupted" {
		return fmt.Errorf("it was not interrupted")
	}
	return nil
}

// askNobody connects to an agent that does not exist.
func askNobody(ctx context.Context) error {
	client, err := hotplex.New(hotplex.Options{
		URL:        os.Getenv("HOTPLEX_URL"),
		WorkerType: "nobody",
		Auth:       hotplex.Key(os.Getenv("HOTPLEX_KEY")),
	})
	if err != nil {
		return err
	}
	defer client.Close()
	_, err = client.Connect(ctx)
	var failure *hotplex.Error
	if !errors.As(err, &failure) {
		return fmt.Errorf("an agent that does not exist answered: %w", err)
	}
	fmt.Printf("%s: %s\n  what to do: %s\n", failure.Code, failure.Message, failure.Remedy)
	return nil
}
