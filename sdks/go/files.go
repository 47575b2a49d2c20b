package hotplex

import (
	"context"
	"io"
	"net/http"
	"net/url"
)

// UploadedFile is a file that a session has.
type UploadedFile struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// MediaType is what is in it, as the gateway found.
	MediaType string `json:"media_type"`
	// Size is in bytes.
	Size      int64  `json:"size"`
	SHA256    string `json:"sha256"`
	CreatedAt string `json:"created_at"`
}

// FileLimits says what may be added to a session. Sizes are in bytes.
type FileLimits struct {
	MaxFileSize     int64    `json:"max_file_size"`
	MaxSessionSize  int64    `json:"max_session_size"`
	MaxSessionFiles int      `json:"max_session_files"`
	MediaTypes      []string `json:"media_types"`
}

// FileList has the files of a session, oldest first, and what may be added.
type FileList struct {
	Files  []UploadedFile `json:"files"`
	Limits FileLimits     `json:"limits"`
}

// FilesAPI has the files for the prompts of a session. What fails is an [*Error], or the context's error.
type FilesAPI struct {
	origin *url.URL
	door   httpDoor
}

// NewFilesAPI fails when the address is none.
func NewFilesAPI(options AccessOptions) (*FilesAPI, error) {
	origin, door, err := openDoor(options)
	if err != nil {
		return nil, err
	}
	return &FilesAPI{origin: origin, door: door}, nil
}

// List has the files of a session.
func (api *FilesAPI) List(ctx context.Context, sessionID string) (FileList, error) {
	return call[FileList](ctx, api.door, http.MethodGet, api.files(sessionID), nil)
}

// Upload gives a session a file. It is read to its end first: the gateway wants to know how long it is.
func (api *FilesAPI) Upload(ctx context.Context, sessionID, name string, content io.Reader) (UploadedFile, error) {
	bytes, err := io.ReadAll(content)
	if err != nil {
		return UploadedFile{}, err
	}
	address := api.files(sessionID)
	address.RawQuery = url.Values{"name": {name}}.Encode()
	return call[UploadedFile](ctx, api.door, http.MethodPost, address, rawBody(bytes))
}

// UploadFrom lets the gateway fetch what lies at an address of the public internet. Without a name it has that of its
// address.
func (api *FilesAPI) UploadFrom(ctx context.Context, sessionID, address, name string) (UploadedFile, error) {
	body := struct {
		URL  string `json:"url"`
		Name string `json:"name,omitzero"`
	}{address, name}
	return call[UploadedFile](ctx, api.door, http.MethodPost, api.files(sessionID, "fetch"), body)
}

// Download has the bytes of a file.
func (api *FilesAPI) Download(ctx context.Context, sessionID, fileID string) ([]byte, error) {
	return api.door.send(ctx, http.MethodGet, api.files(sessionID, url.PathEscape(fileID)), nil)
}

// Remove removes a file, and the copy that an agent has of it.
func (api *FilesAPI) Remove(ctx context.Context, sessionID, fileID string) error {
	_, err := api.door.send(ctx, http.MethodDelete, api.files(sessionID, url.PathEscape(fileID)), nil)
	return err
}

func (api *FilesAPI) files(sessionID string, more ...string) *url.URL {
	return api.origin.JoinPath(append([]string{"api/sessions", url.PathEscape(sessionID), "files"}, more...)...)
}

// WithAttachments adds files that the session has.
func WithAttachments(files ...UploadedFile) PromptOption {
	return func(prompt *inputRequest) {
		for _, file := range files {
			prompt.Parts = append(prompt.Parts, InputPartFile{FileID: file.ID, Name: file.Name})
		}
	}
}

// Upload gives the session a file, to be named by prompts. It connects first, if there is no connection yet.
func (client *Client) Upload(ctx context.Context, name string, content io.Reader) (UploadedFile, error) {
	session, isKnown := client.Session()
	if !isKnown {
		var err error
		if session, err = client.Connect(ctx); err != nil {
			return UploadedFile{}, err
		}
	}
	options := client.options
	api, err := NewFilesAPI(AccessOptions{
		URL: options.URL, Auth: options.Auth, HTTPClient: options.HTTPClient, Header: options.Header,
	})
	if err != nil {
		return UploadedFile{}, err
	}
	return api.Upload(ctx, session.SessionID, name, content)
}
