// Package tokens signs access tokens for services that a gateway trusts with a key of theirs.
package tokens

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Options says who signs for whom.
type Options struct {
	// Key is the private key, ECDSA on P-256, as PEM.
	Key []byte
	// KeyID is what the gateway's key file calls it.
	KeyID string
	// Subject is the user who speaks. A name that begins with "key:" is refused.
	Subject string
	// Issuer and Audience are the gateway's security.jwt_issuer and security.jwt_audience, and have their defaults.
	Issuer, Audience string
	// Life is how long a token is good. Default five minutes; gateways take none that is older than an hour.
	Life time.Duration
}

// Signer is a credential that signs a fresh token each time it is asked: give it to a client as Auth.
type Signer struct {
	options Options
	key     *ecdsa.PrivateKey
}

// NewSigner fails when the key is none, or nobody is named.
func NewSigner(options Options) (*Signer, error) {
	key, err := jwt.ParseECPrivateKeyFromPEM(options.Key)
	if err != nil {
		return nil, fmt.Errorf("the signing key cannot be read: %w", err)
	}
	if key.Curve != elliptic.P256() {
		return nil, fmt.Errorf("the signing key is on %s: gateways take P-256", key.Curve.Params().Name)
	}
	if options.KeyID == "" || options.Subject == "" {
		return nil, errors.New("KeyID and Subject are needed")
	}
	if options.Issuer == "" {
		options.Issuer = "hotplex"
	}
	if options.Audience == "" {
		options.Audience = "hotplex-gateway"
	}
	if options.Life <= 0 {
		options.Life = 5 * time.Minute
	}
	return &Signer{options, key}, nil
}

// Token is good from now on.
func (signer *Signer) Token(context.Context) (string, error) {
	now := time.Now()
	token := jwt.NewWithClaims(jwt.SigningMethodES256, jwt.MapClaims{
		"iss": signer.options.Issuer,
		"aud": signer.options.Audience,
		"sub": signer.options.Subject,
		"iat": now.Unix(),
		"exp": now.Add(signer.options.Life).Unix(),
		"jti": rand.Text(),
	})
	token.Header["kid"] = signer.options.KeyID
	token.Header["typ"] = "at+jwt"
	return token.SignedString(signer.key)
}

// KeySet is the public key as a gateway wants it in the file of security.jwt_jwks_file.
func (signer *Signer) KeySet() ([]byte, error) {
	public, err := signer.key.PublicKey.ECDH()
	if err != nil {
		return nil, err
	}
	// An uncompressed point: a mark, then x and y (SEC 1, 2.3.3).
	point := public.Bytes()[1:]
	half := len(point) / 2
	encode := base64.RawURLEncoding.EncodeToString
	return json.Marshal(map[string]any{"keys": []map[string]string{{
		"kty": "EC", "crv": "P-256", "x": encode(point[:half]), "y": encode(point[half:]),
		"kid": signer.options.KeyID, "alg": "ES256", "use": "sig",
	}}})
}
