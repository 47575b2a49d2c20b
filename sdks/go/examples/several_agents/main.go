// Command several_agents gives several agents work at once, each in a session of its own.
package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"

	hotplex "github.com/hotplex/hotplex/sdks/go"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	api, err := hotplex.NewSessionsAPI(hotplex.AccessOptions{
		URL:  os.Getenv("HOTPLEX_URL"),
		Auth: hotplex.Key(os.Getenv("HOTPLEX_KEY")),
	})
	if err != nil {
		return err
	}
	agents, err := api.Agents(ctx)
	if err != nil {
		return err
	}
	for _, agent := range agents.Agents {
		fmt.Printf("%-12s %-28s available: %t\n", agent.Type, agent.Title, agent.Available)
	}

	jobs := []int{20, 30, 40}
	answers := make([]string, len(jobs))
	failures := make([]error, len(jobs))
	var working sync.WaitGroup
	for index, words := range jobs {
		working.Add(1)
		go func() {
			defer working.Done()
			answers[index], failures[index] = ask(ctx, "demo", fmt.Sprintf("flood %d", words))
		}()
	}
	working.Wait()
	for index, words := range jobs {
		if failures[index] != nil {
			return failures[index]
		}
		got := len(strings.Fields(answers[index]))
		fmt.Printf("agent %d answered with %d words\n", index+1, got)
		if got != words {
			return fmt.Errorf("agent %d was asked for %d words", index+1, words)
		}
	}
	return nil
}

// ask opens a session, and has the answer to one prompt.
func ask(ctx context.Context, agent, prompt string) (string, error) {
	client, err := hotplex.New(hotplex.Options{
		URL:        os.Getenv("HOTPLEX_URL"),
		WorkerType: agent,
		Auth:       hotplex.Key(os.Getenv("HOTPLEX_KEY")),
	})
	if err != nil {
		return "", err
	}
	defer client.Close()
	if _, err := client.Connect(ctx); err != nil {
		return "", err
	}
	result, err := client.Prompt(ctx, prompt).Result()
	return result.Text, err
}
