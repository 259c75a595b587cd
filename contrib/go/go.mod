module github.com/mockflared/mockflared/contrib/go

go 1.22
