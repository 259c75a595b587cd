# scripts/image.sh reads this file: it builds a base image where the real one cannot be pulled.

# Debian with the Node and npm of this machine, under the name of the real base image.
build_fallback_base_image() {
  printf '%s\n' \
    '*** THE BASE IMAGE IS A STAND-IN. The real one cannot be pulled here, so this is Debian bookworm from its packages,' \
    '*** with the Node of node_modules and the npm of this machine. Its size is near that of the real one, not equal.'
  need mmdebstrap
  local without=(man doc locale info) excluded=() container npm
  for folder in "${without[@]}"; do excluded+=(--dpkgopt="path-exclude=/usr/share/$folder/*"); done
  mmdebstrap --quiet --variant=minbase "${excluded[@]}" bookworm "$work/debian.tar" || skip 'Debian cannot be reached either'

  npm=$(dirname "$(dirname "$(readlink --canonicalize "$(command -v npm)")")")
  [ -f "$npm/bin/npm-cli.js" ] || skip 'there is no npm to put into the stand-in'
  container=$(engine from scratch)
  engine add --quiet "$container" "$work/debian.tar" / >/dev/null
  engine add --quiet "$container" "$(node --print process.execPath)" /usr/local/bin/node >/dev/null
  engine add --quiet "$container" "$npm" /usr/local/lib/node_modules/npm >/dev/null
  engine run --isolation chroot "$container" ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
  engine config --cmd node "$container"
  engine commit --quiet --rm --format docker "$container" "$BASE" >/dev/null
  rm "$work/debian.tar"
}
