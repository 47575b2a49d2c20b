// Command production does what a service does with an agent: a conversation with a name of its own, a job that runs once
// however often the program starts, a limit for every turn, credentials that are fetched, logs, and an orderly end.
//
//	production STATE-FILE
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	hotplex "github.com/hotplex/hotplex/sdks/go"
)

const turnLimit = 30 * time.Second

// place is what a program has to remember to go on after it was ended.
type place struct {
	Session string `json:"session"`
	LastSeq int64  `json:"last_seq"`
	Epoch   string `json:"epoch"`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: production STATE-FILE")
		os.Exit(2)
	}
	if err := run(ctx, os.Args[1]); err != nil {
		slog.Error("the job failed", "error", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, stateFile string) error {
	known, err := readPlace(stateFile)
	if err != nil {
		return err
	}
	options := hotplex.Options{
		URL:        os.Getenv("HOTPLEX_URL"),
		WorkerType: "demo",
		SessionID:  known.Session,
		Auth:       hotplex.CredentialFunc(fetchCredential),
		Name:       "production-example",
		Reconnect:  hotplex.Backoff{Min: 100 * time.Millisecond, Max: 5 * time.Second, Attempts: 20},
	}
	if known.Session != "" {
		options.Replay = &hotplex.Replay{LastSeq: known.LastSeq, Epoch: known.Epoch}
	}
	client, err := hotplex.New(options)
	if err != nil {
		return err
	}
	logged := logConnections(client)
	defer func() {
		_ = client.Close()
		<-logged
	}()
	greeting, err := client.Connect(ctx)
	if err != nil {
		return err
	}
	// Written down before anything is asked: a program that is ended here finds its session again.
	known.Session, known.Epoch = greeting.SessionID, greeting.Epoch
	if err := writePlace(stateFile, known); err != nil {
		return err
	}
	if err := runJob(ctx, client); err != nil {
		return err
	}
	known.LastSeq = client.LastSeq()
	return writePlace(stateFile, known)
}

// runJob runs once in a session: the gateway knows the job by its name, and says so when it has run before.
func runJob(ctx context.Context, client *hotplex.Client) error {
	limited, cancel := context.WithTimeout(ctx, turnLimit)
	defer cancel()
	turn := client.Prompt(limited, "flood 40", hotplex.WithInputID("nightly-report"))
	for envelope, err := range turn.Events() {
		if err != nil {
			break // The result has it, too.
		}
		if asked, asks := envelope.Event.(hotplex.PermissionRequestEvent); asks {
			no := hotplex.PermissionAnswer{Allowed: false, Reason: "nobody is here to decide"}
			if err := client.RespondToPermission(limited, asked.ID, no); err != nil {
				return err
			}
		}
	}
	result, err := turn.Result()
	switch {
	case errors.Is(err, hotplex.CodeAlreadyResolved):
		slog.Info("the job has run before")
		return nil
	case errors.Is(err, context.DeadlineExceeded):
		// The agent goes on when nobody listens: a limit has to say that it shall not.
		if err := client.Interrupt(ctx); err != nil {
			return err
		}
		return fmt.Errorf("the job took longer than %s", turnLimit)
	case err != nil:
		return err
	case !result.Success:
		return fmt.Errorf("the agent failed: %w", result.Err)
	}
	slog.Info("the job is done", "characters", len(result.Text), "stop_reason", result.StopReason)
	return nil
}

// logConnections ends with the client.
func logConnections(client *hotplex.Client) <-chan struct{} {
	states := client.Connections(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for state := range states {
			if lost, isLoss := state.(hotplex.Reconnecting); isLoss {
				slog.Warn("the link was lost", "attempt", lost.Attempt, "cause", lost.Cause)
				continue
			}
			slog.Info("connection", "status", state.Status())
		}
	}()
	return ended
}

// fetchCredential stands for a vault or a token service. It is asked for every connection, so what it brings may be
// short-lived.
func fetchCredential(context.Context) (string, error) {
	key, isSet := os.LookupEnv("HOTPLEX_KEY")
	if !isSet {
		return "", errors.New("HOTPLEX_KEY is not set")
	}
	return key, nil
}

func readPlace(file string) (place, error) {
	var known place
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return known, nil
	}
	if err != nil {
		return known, err
	}
	return known, json.Unmarshal(text, &known)
}

func writePlace(file string, known place) error {
	text, err := json.Marshal(known)
	if err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o600)
}
