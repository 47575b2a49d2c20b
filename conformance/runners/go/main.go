// Command runner plays the clients of scenarios with the Go SDK: runner SERVER-URL SCENARIO.json…
//
// It prints a line of JSON for each: its name, what was seen, and the digest of that.
package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

type scenario struct {
	Clients map[string]clientOptions `json:"clients"`
	Program []step                   `json:"program"`
}

type scenarioResult struct {
	Outcomes []string                `json:"outcomes"`
	Clients  map[string]clientResult `json:"clients"`
}

func main() {
	if len(os.Args) < 3 {
		fail(fmt.Errorf("usage: runner SERVER-URL SCENARIO.json…"))
	}
	patience, err := strconv.Atoi(cmp.Or(os.Getenv("CONFORMANCE_PATIENCE_MS"), "5000"))
	if err != nil {
		fail(err)
	}
	for _, file := range os.Args[2:] {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		result, err := play(os.Args[1]+"/"+name, file, time.Duration(patience)*time.Millisecond)
		if err != nil {
			fail(fmt.Errorf("%s: %w", name, err))
		}
		text := canonicalJSON(result)
		digest := sha256.Sum256(text)
		fmt.Printf("{\"name\":%q,\"digest\":%q,\"result\":%s}\n", name, hex.EncodeToString(digest[:]), text)
	}
}

// play does the steps of a program one after the other; patience is what a step may take.
func play(url, file string, patience time.Duration) (scenarioResult, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return scenarioResult{}, err
	}
	var script scenario
	if err := json.Unmarshal(text, &script); err != nil {
		return scenarioResult{}, err
	}
	first, err := firstClient(text)
	if err != nil {
		return scenarioResult{}, err
	}
	if script.Clients == nil {
		script.Clients = map[string]clientOptions{first: {}}
	}
	actors := map[string]*actor{}
	for name, options := range script.Clients {
		if actors[name], err = newActor(url, options); err != nil {
			return scenarioResult{}, err
		}
	}
	result := scenarioResult{Outcomes: []string{}, Clients: map[string]clientResult{}}
	for _, step := range script.Program {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		outcome := actors[cmp.Or(step.By, first)].perform(ctx, step)
		cancel()
		result.Outcomes = append(result.Outcomes, outcome)
		if outcome == "TIMEOUT" {
			break
		}
	}
	for name, actor := range actors {
		result.Clients[name] = actor.finish()
	}
	return result, nil
}

// firstClient is the name of the client that stands first in the file; a map does not know.
func firstClient(text []byte) (string, error) {
	var script struct {
		Clients json.RawMessage `json:"clients"`
	}
	if err := json.Unmarshal(text, &script); err != nil || script.Clients == nil {
		return "main", err
	}
	decoder := json.NewDecoder(bytes.NewReader(script.Clients))
	if _, err := decoder.Token(); err != nil {
		return "", err
	}
	name, err := decoder.Token()
	return fmt.Sprint(name), err
}

// canonicalJSON has sorted keys and no spaces: the same bytes in every language.
func canonicalJSON(result scenarioResult) []byte {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(result.sorted()); err != nil {
		fail(err)
	}
	// encoding/json escapes what others do not.
	plain := strings.NewReplacer(`\\`, `\\`, `\u2028`, "\u2028", `\u2029`, "\u2029").Replace(text.String())
	return []byte(strings.TrimSuffix(plain, "\n"))
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
