package hotplex

import (
	"context"
	"errors"
)

// Credential is where tokens, keys and tickets come from. It is asked anew for every connection, and when the gateway
// wants another one on a live connection.
type Credential interface {
	// Token is the credential to use now. An [*Error] that is retryable is tried again as a lost link is; any other
	// failure ends the client.
	Token(ctx context.Context) (string, error)
}

// Key is a credential that stays the same.
type Key string

// Token is the key.
func (key Key) Token(context.Context) (string, error) { return string(key), nil }

// CredentialFunc is a function that brings a fresh credential.
type CredentialFunc func(ctx context.Context) (string, error)

// Token calls the function.
func (bring CredentialFunc) Token(ctx context.Context) (string, error) { return bring(ctx) }

// canRenew says whether asking again may bring another credential.
func canRenew(auth Credential) bool {
	_, stays := auth.(Key)
	return auth != nil && !stays
}

func getToken(ctx context.Context, auth Credential) (string, *Error) {
	if auth == nil {
		return "", nil
	}
	token, err := auth.Token(ctx)
	if err == nil {
		return token, nil
	}
	var told *Error
	if errors.As(err, &told) {
		return "", told
	}
	failure := newError(CodeUnauthorized, "no credential could be had")
	failure.cause = err
	return "", failure
}
