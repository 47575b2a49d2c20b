package tokens

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

func keyOn(t *testing.T, curve elliptic.Curve) []byte {
	t.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

func TestATokenSaysAllThatGatewaysAskFor(t *testing.T) {
	signer, err := NewSigner(Options{Key: keyOn(t, elliptic.P256()), KeyID: "k-1", Subject: "ann"})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[any]bool{}
	for range 2 {
		text, err := signer.Token(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		token, err := jwt.Parse(text, func(*jwt.Token) (any, error) { return &signer.key.PublicKey, nil },
			jwt.WithIssuer("hotplex"), jwt.WithAudience("hotplex-gateway"), jwt.WithSubject("ann"),
			jwt.WithIssuedAt(), jwt.WithExpirationRequired(), jwt.WithValidMethods([]string{"ES256"}))
		if err != nil {
			t.Fatal(err)
		}
		if token.Header["kid"] != "k-1" || token.Header["typ"] != "at+jwt" {
			t.Errorf("the header is %v", token.Header)
		}
		expires, err := token.Claims.GetExpirationTime()
		if left := time.Until(expires.Time); err != nil || left < 4*time.Minute || left > 5*time.Minute {
			t.Errorf("it is good for %s, %v", left, err)
		}
		seen[token.Claims.(jwt.MapClaims)["jti"]] = true
	}
	if len(seen) != 2 {
		t.Errorf("the tokens are called %v", seen)
	}
}

func TestASignerThatNoGatewayWouldTakeIsRefused(t *testing.T) {
	good := keyOn(t, elliptic.P256())
	for name, options := range map[string]Options{
		"no key":        {KeyID: "k", Subject: "ann"},
		"another curve": {Key: keyOn(t, elliptic.P384()), KeyID: "k", Subject: "ann"},
		"no key id":     {Key: good, Subject: "ann"},
		"no subject":    {Key: good, KeyID: "k"},
	} {
		if _, err := NewSigner(options); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
