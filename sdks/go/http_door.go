package hotplex

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// httpDoor sends requests with a credential.
type httpDoor struct {
	auth   Credential
	client *http.Client
	header func(ctx context.Context) http.Header
}

// AccessOptions says which gateway is meant, and who asks. URL is needed; the others are those of [Options].
type AccessOptions struct {
	URL        string
	Auth       Credential
	HTTPClient *http.Client
	Header     func(ctx context.Context) http.Header
}

// openDoor has the origin of the gateway, too. It fails when the address is none.
func openDoor(options AccessOptions) (*url.URL, httpDoor, error) {
	origin, err := httpOrigin(options.URL)
	if err != nil {
		failure := newError(CodeConfigInvalid, err.Error())
		failure.cause = err
		return nil, httpDoor{}, failure
	}
	defaults := Options{HTTPClient: options.HTTPClient, Header: options.Header}.withDefaults()
	return origin, httpDoor{auth: options.Auth, client: defaults.HTTPClient, header: defaults.Header}, nil
}

// rawBody is sent as it is; every other body as JSON.
type rawBody []byte

func call[T any](ctx context.Context, door httpDoor, method string, address *url.URL, body any) (T, error) {
	var result T
	answer, err := door.send(ctx, method, address, body)
	if err != nil {
		return result, err
	}
	if err := json.Unmarshal(answer, &result); err != nil {
		return result, httpError("the gateway's answer cannot be read: "+err.Error(), err)
	}
	return result, nil
}

// send has the body of a good answer. A credential that has just ended is asked for once more.
func (door httpDoor) send(ctx context.Context, method string, address *url.URL, body any) ([]byte, error) {
	for isLast := !canRenew(door.auth); ; isLast = true {
		response, answer, err := door.sendOnce(ctx, method, address, body)
		switch {
		case err != nil:
			return nil, err
		case response.StatusCode < 300:
			return answer, nil
		case response.StatusCode != http.StatusUnauthorized || isLast:
			return nil, answerError(response.StatusCode, answer)
		}
	}
}

func (door httpDoor) sendOnce(ctx context.Context, method string, address *url.URL, body any) (*http.Response, []byte, error) {
	content, mediaType, err := toContent(body)
	if err != nil {
		return nil, nil, err
	}
	request, err := http.NewRequestWithContext(ctx, method, address.String(), content)
	if err != nil {
		return nil, nil, httpError(err.Error(), err)
	}
	token, failure := getToken(ctx, door.auth)
	if failure != nil {
		return nil, nil, failure
	}
	for name, values := range door.header(ctx) {
		request.Header[name] = values
	}
	if mediaType != "" {
		request.Header.Set("Content-Type", mediaType)
	}
	// A signed token has three parts; all else is a key.
	if strings.Count(token, ".") == 2 {
		request.Header.Set("Authorization", "Bearer "+token)
	} else if token != "" {
		request.Header.Set("X-Api-Key", token)
	}
	response, err := door.client.Do(request)
	if err != nil {
		return nil, nil, lostError(ctx, err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, nil, lostError(ctx, err)
	}
	return response, answer, nil
}

func toContent(body any) (content io.Reader, mediaType string, err error) {
	switch body := body.(type) {
	case nil:
		return nil, "", nil
	case rawBody:
		return bytes.NewReader(body), "application/octet-stream", nil
	default:
		text, err := encode(body)
		return bytes.NewReader(text), "application/json", err
	}
}

func lostError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	failure := httpError(err.Error(), err)
	failure.Retryable = true
	return failure
}

func httpError(message string, cause error) *Error {
	failure := newError(CodeHTTPError, message)
	failure.cause = cause
	return failure
}

func answerError(status int, answer []byte) *Error {
	var said struct {
		Error struct {
			Code    ErrorCode      `json:"code"`
			Message string         `json:"message"`
			Details map[string]any `json:"details"`
		} `json:"error"`
	}
	if json.Unmarshal(answer, &said) != nil || said.Error.Code == "" {
		failure := newError(CodeHTTPError, fmt.Sprintf("the gateway answered %d", status))
		failure.Details = map[string]any{"status": status}
		return failure
	}
	failure := newError(said.Error.Code, said.Error.Message)
	failure.Details = said.Error.Details
	return failure
}
