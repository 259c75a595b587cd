-- What wrk asks: wrk --script load.lua URL -- AMOUNT METHOD AUTHORIZATION PATH [BODY]
-- "<nth>" in the body stands for a number that is another one in each request.
local CONNECTIONS = 10
local amount, method, path, body, asked

function init(args)
  asked, amount, method, path, body = 0, tonumber(args[1]), args[2], args[4], args[5]
  wrk.headers["authorization"] = args[3]
  if body then
    wrk.headers["content-type"] = "application/json"
  end
end

function request()
  asked = asked + 1
  -- Those under way are not waited for.
  if asked > amount + CONNECTIONS then
    wrk.thread:stop()
  end
  return wrk.format(method, path, nil, body and body:gsub("<nth>", asked))
end

function done(summary)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format('\n{"answered":%d,"refused":%d,"failed":%d}\n', summary.requests, errors.status, failed))
end
