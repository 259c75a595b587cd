// Tests with Cloudflare's SDK, in a module of their own: who uses the helpers need not download it.
module github.com/mockflared/mockflared/contrib/go/sdktest

go 1.22

require (
	github.com/cloudflare/cloudflare-go/v7 v7.9.0
	github.com/mockflared/mockflared/contrib/go v0.1.0
)

require (
	github.com/tidwall/gjson v1.14.4 // indirect
	github.com/tidwall/match v1.1.1 // indirect
	github.com/tidwall/pretty v1.2.1 // indirect
	github.com/tidwall/sjson v1.2.5 // indirect
)

replace github.com/mockflared/mockflared/contrib/go => ../
