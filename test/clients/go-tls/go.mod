module mockflared/tls

go 1.22
