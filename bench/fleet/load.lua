-- wrk --script fleet.lua URL -- WORLDS AUTHORIZATION PATH
-- Sends each request to the next world: /w/job-0, /w/job-1, …
local worlds, path
local sent = 0

function init(args)
  worlds, path = tonumber(args[1]), args[3]
  wrk.headers["authorization"] = args[2]
end

function request()
  sent = sent + 1
  return wrk.format("GET", "/w/job-" .. sent % worlds .. path)
end

function done(summary)
  local errors = summary.errors
  local failed = errors.status + errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format('\n{"answered":%d,"failed":%d,"us":%d}\n', summary.requests, failed, summary.duration))
end
