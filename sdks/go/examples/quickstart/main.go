// Command quickstart: one prompt, one answer. Needs HOTPLEX_URL and HOTPLEX_KEY.
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
	result, err := client.Prompt(ctx, "flood 3").Result()
	if err != nil {
		return err
	}
	fmt.Println(result.Text)
	if result.Text != "0 1 2 " {
		return fmt.Errorf("the answer is another one")
	}
	return nil
}
