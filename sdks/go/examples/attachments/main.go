// Command attachments: a picture and a text file that go with a prompt. Needs HOTPLEX_URL and HOTPLEX_KEY.
package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"os"
	"strings"

	hotplex "github.com/hotplex/hotplex/sdks/go"
)

// pixel is a PNG of one dot.
const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

const notes = "the tea is in the blue pot\n"

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	picture, err := base64.StdEncoding.DecodeString(pixel)
	if err != nil {
		return err
	}
	access := hotplex.AccessOptions{URL: os.Getenv("HOTPLEX_URL"), Auth: hotplex.Key(os.Getenv("HOTPLEX_KEY"))}
	client, err := hotplex.New(hotplex.Options{URL: access.URL, WorkerType: "demo", Auth: access.Auth})
	if err != nil {
		return err
	}
	defer client.Close()
	dot, err := client.Upload(ctx, "dot.png", bytes.NewReader(picture))
	if err != nil {
		return err
	}
	words, err := client.Upload(ctx, "notes.txt", strings.NewReader(notes))
	if err != nil {
		return err
	}
	result, err := client.Prompt(ctx, "What is attached?", hotplex.WithAttachments(dot, words)).Result()
	if err != nil {
		return err
	}
	fmt.Println(result.Text)
	expected := described("a picture, image/png", picture) + "\n" + described(`the file "notes.txt"`, []byte(notes))
	if result.Text != expected {
		return fmt.Errorf("the answer is another one")
	}
	return readBack(ctx, access, client, words)
}

// described is what the demo agent says of a file that reached it byte for byte.
func described(what string, content []byte) string {
	return fmt.Sprintf("- %s, %d bytes, SHA-256 %x", what, len(content), sha256.Sum256(content))
}

// readBack shows that what a session has can be listed and read without the agent.
func readBack(ctx context.Context, access hotplex.AccessOptions, client *hotplex.Client, words hotplex.UploadedFile) error {
	api, err := hotplex.NewFilesAPI(access)
	if err != nil {
		return err
	}
	session, _ := client.Session()
	list, err := api.List(ctx, session.SessionID)
	if err != nil {
		return err
	}
	content, err := api.Download(ctx, session.SessionID, words.ID)
	if err != nil {
		return err
	}
	if len(list.Files) != 2 || string(content) != notes {
		return fmt.Errorf("the session has other files")
	}
	return nil
}
