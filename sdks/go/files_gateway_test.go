//go:build gateway

package hotplex

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestFilesGoWithAPromptAndAreKept(t *testing.T) {
	ctx := t.Context()
	client := openClient(t, Options{URL: gatewayURL, Auth: gatewayKey})
	api, err := NewFilesAPI(AccessOptions{URL: gatewayURL, Auth: gatewayKey})
	if err != nil {
		t.Fatal(err)
	}
	file, err := client.Upload(ctx, "words & more.txt", strings.NewReader("some words"))
	if err != nil {
		t.Fatal(err)
	}
	if file.MediaType != "text/plain" || file.Size != 10 || file.Name != "words & more.txt" {
		t.Fatalf("another file: %+v", file)
	}
	result, err := client.Prompt(ctx, "attached", WithAttachments(file)).Result()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(result.Text, `- the file "words & more.txt", 10 bytes`) {
		t.Fatalf("the agent says %q", result.Text)
	}
	session, _ := client.Session()
	list, err := api.List(ctx, session.SessionID)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(list.Files, []UploadedFile{file}) || list.Limits.MaxSessionFiles == 0 {
		t.Fatalf("another list: %+v", list)
	}
	content, err := api.Download(ctx, session.SessionID, file.ID)
	if err != nil || string(content) != "some words" {
		t.Fatalf("%q, %v", content, err)
	}
	if err := api.Remove(ctx, session.SessionID, file.ID); err != nil {
		t.Fatal(err)
	}
	if list, err = api.List(ctx, session.SessionID); err != nil || len(list.Files) != 0 {
		t.Fatalf("it is still there: %+v, %v", list, err)
	}
}

func TestWhatIsNotTakenIsRefusedWithItsReason(t *testing.T) {
	ctx := t.Context()
	client := openClient(t, Options{URL: gatewayURL, Auth: gatewayKey})
	_, err := client.Upload(ctx, "a.txt", strings.NewReader("\x7fELF\x02\x01"))
	var refused *Error
	if !errors.As(err, &refused) || refused.Details["reason"] != "media_type" {
		t.Fatalf("not refused: %v", err)
	}
	api, err := NewFilesAPI(AccessOptions{URL: gatewayURL, Auth: gatewayKey})
	if err != nil {
		t.Fatal(err)
	}
	session, _ := client.Session()
	if _, err := api.UploadFrom(ctx, session.SessionID, "http://169.254.169.254/latest/", ""); !errors.Is(err, CodePolicyDenied) {
		t.Fatalf("not denied: %v", err)
	}
}
