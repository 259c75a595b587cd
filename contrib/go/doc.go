// Package mockflared gives each test a world of its own in mockflared, the local emulator of
// Cloudflare's Tunnel API: its own tunnels, clock, faults and request log.
//
// The server is the one that MOCKFLARED_URL names, with the control token in
// MOCKFLARED_CONTROL_TOKEN if it has one. Without that variable the first world starts a server on
// a free port, by the command in MOCKFLARED_COMMAND or by [DefaultCommand]. It serves the whole test
// process, and ends with it.
package mockflared
