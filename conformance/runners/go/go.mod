module github.com/hotplex/hotplex/conformance/runners/go

go 1.24

require github.com/hotplex/hotplex/sdks/go v0.0.0

require github.com/coder/websocket v1.8.15 // indirect

replace github.com/hotplex/hotplex/sdks/go => ../../../sdks/go
