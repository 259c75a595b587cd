#!/usr/bin/env bash
# The step of action.yml. It installs mockflared, starts it for the rest of the job, and sets the variables that point clients
# at it. Later steps have the command, too.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$RUNNER_TEMP/mockflared
log=$folder/server.log
version=$(node --print 'require(process.argv[1]).version' "$root/package.json")

npm install --silent --no-audit --no-fund --prefix "$folder" "${INPUT_PACKAGE:-mockflared@$version}"
commands=$folder/node_modules/.bin

# Without npx, because the server would end with it.
read -ra options <<<"${INPUT_OPTIONS:-}"
nohup "$commands/mockflared" ${options[@]+"${options[@]}"} >"$log" 2>&1 &
server=$!
url=
for _ in $(seq 300); do
  url=$(sed -n 's/.* listens on \(http:[^ ,]*\).*/\1/p' "$log")
  [ -z "$url" ] || break
  kill -0 "$server" 2>/dev/null || break
  sleep 0.1
done
if [ -z "$url" ]; then
  echo '::error::mockflared does not start'
  cat "$log"
  exit 1
fi

{
  "$commands/mockflared" env --url "$url" --format github
  echo "MOCKFLARED_URL=$url"
} >>"$GITHUB_ENV"
echo "$commands" >>"$GITHUB_PATH"
printf 'url=%s\nlog=%s\npid=%s\n' "$url" "$log" "$server" >>"$GITHUB_OUTPUT"
cat "$log"
