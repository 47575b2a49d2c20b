package hotplex

import (
	"context"
	"slices"
	"testing"
)

func TestACredentialIsAskedForByOneAtATimeInTheOrderOfTheReasons(t *testing.T) {
	var queue credentialQueue
	asked := make(chan string, 2)
	answers := make(chan string)
	says := func(name string) CredentialFunc {
		return func(context.Context) (string, error) {
			asked <- name
			return <-answers, nil
		}
	}
	first, second := queue.join(), queue.join()
	got := make(chan string, 2)
	go func() {
		token, _ := second.ask(t.Context(), says("second"))
		got <- token
	}()
	go func() {
		token, _ := first.ask(t.Context(), says("first"))
		got <- token
	}()
	order := []string{<-asked}
	if len(asked) > 0 {
		t.Error("two were asked at once")
	}
	answers <- "1"
	order = append(order, <-asked)
	answers <- "2"
	tokens := []string{<-got, <-got}
	slices.Sort(tokens)
	if !slices.Equal(order, []string{"first", "second"}) || !slices.Equal(tokens, []string{"1", "2"}) {
		t.Errorf("asked were %v, who had %v", order, tokens)
	}
}

func TestAClientThatIsClosedWaitsForNoQuestion(t *testing.T) {
	var queue credentialQueue
	queue.join()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	token, failure := queue.join().ask(ctx, Key("key"))
	if token != "key" || failure != nil {
		t.Errorf("it had %q, %v", token, failure)
	}
}
