-- wrk --script load.lua URL -- LIMIT METHOD AUTHORIZATION PATH [BODY]
-- "<nth>" in the body becomes the number of the request.
local CONNECTIONS = 10
local limit, method, path, body, sent

function init(args)
  sent, limit, method, path, body = 0, tonumber(args[1]), args[2], args[4], args[5]
  wrk.headers["authorization"] = args[3]
  if body then
    wrk.headers["content-type"] = "application/json"
  end
end

function request()
  sent = sent + 1
  -- wrk drops the requests that are under way when it stops, at most one a connection.
  if sent > limit + CONNECTIONS then
    wrk.thread:stop()
  end
  return wrk.format(method, path, nil, body and body:gsub("<nth>", sent))
end

function done(summary)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format('\n{"answered":%d,"refused":%d,"failed":%d}\n', summary.requests, errors.status, failed))
end
