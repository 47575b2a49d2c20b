//go:build gateway

package hotplex

import (
	"bufio"
	"io"
	"math"
	"net"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// cuts is how many links break, the first after a thousand bytes of the gateway, the second after two; later ones last.
const cuts = 8

// openCuttingProxy is the address of a way to the gateway on which links break.
func openCuttingProxy(t *testing.T, gateway string) string {
	t.Helper()
	target, err := url.Parse(gateway)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var serving sync.WaitGroup
	t.Cleanup(func() {
		_ = listener.Close()
		serving.Wait()
	})
	var links atomic.Int64
	serving.Add(1)
	go func() {
		defer serving.Done()
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			serving.Add(1)
			go func() {
				defer serving.Done()
				limit := links.Add(1) * 1_000
				if limit > cuts*1_000 {
					limit = math.MaxInt64
				}
				carry(near, target.Host, listener.Addr().String(), limit)
			}()
		}
	}()
	return "http://" + listener.Addr().String()
}

func carry(near net.Conn, host, own string, limit int64) {
	defer near.Close()
	far, err := net.Dial("tcp", host)
	if err != nil {
		return
	}
	defer far.Close()
	go func() {
		defer far.Close()
		reader := bufio.NewReader(near)
		// The gateway answers to its own name only.
		for {
			line, err := reader.ReadString('\n')
			if err != nil {
				return
			}
			_, _ = io.WriteString(far, strings.Replace(line, own, host, 1))
			if line == "\r\n" {
				break
			}
		}
		_, _ = io.Copy(far, reader)
	}()
	_, _ = io.CopyN(near, far, limit)
}
