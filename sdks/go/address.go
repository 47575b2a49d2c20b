package hotplex

import (
	"fmt"
	"net/url"
	"strings"
)

// socketURL is the socket's address for a gateway's: http becomes ws, and /ws is added when there is no path.
func socketURL(address string) (string, error) {
	parsed, err := parseAddress(address)
	if err != nil {
		return "", err
	}
	parsed.Scheme = strings.Replace(parsed.Scheme, "http", "ws", 1)
	if parsed.Path == "" || parsed.Path == "/" {
		parsed.Path = "/ws"
	}
	return parsed.String(), nil
}

// httpOrigin is the HTTP origin of a gateway's address, whichever form it was given in.
func httpOrigin(address string) (*url.URL, error) {
	parsed, err := parseAddress(address)
	if err != nil {
		return nil, err
	}
	return &url.URL{Scheme: strings.Replace(parsed.Scheme, "ws", "http", 1), Host: parsed.Host}, nil
}

func parseAddress(address string) (*url.URL, error) {
	parsed, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("the gateway's address: %w", err)
	}
	switch parsed.Scheme {
	case "http", "https", "ws", "wss":
		if parsed.Host != "" {
			return parsed, nil
		}
	}
	return nil, fmt.Errorf("the gateway's address %q is none: use one like http://127.0.0.1:8888", address)
}
