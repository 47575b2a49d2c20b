// Package hotplex talks to coding agents behind a HotPlex gateway.
//
// A [Client] is one session of a gateway, over as many connections as it takes: every logged event is handed out once
// and in order, and a prompt runs once however often it had to be sent. A [SessionsAPI] lists, makes, reads and removes
// sessions without a connection. What an agent says are the types that end in Event; they, the requests and the codes
// are generated from the protocol's one event table.
//
// Everything that waits takes a context, and every failure that the protocol knows is an [*Error] with a stable code:
//
//	if errors.Is(err, hotplex.CodeSessionBusy) { … }
package hotplex
