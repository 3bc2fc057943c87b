#!/usr/bin/env bash
# System libraries: install them where that is allowed, else print the one command that does.
# usage: system.sh venv | run | test
set -euo pipefail

needs=()
want() { needs+=("$1"); }

have_pango() {
  .venv/bin/python - <<'PY' 2>/dev/null
from weasyprint.text import ffi  # noqa: F401
PY
}

case "${1:-run}" in
  venv)
    python=${PYTHON:-python3}
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
      echo "Meritum needs Python 3.11 or newer; $("$python" --version) was found." >&2; exit 1; }
    "$python" -c 'import ensurepip, venv' 2>/dev/null || want python3-venv
    ;;
  run | test)
    # fonts for names in any script; without them a letter prints a square in their place
    if command -v fc-list >/dev/null; then
      for letter in 628 905 985 b95 e01 1200; do # Arabic, Devanagari, Bengali, Tamil, Thai, Ethiopic
        [ -n "$(fc-list ":charset=$letter")" ] || { want fonts-noto-core; break; }
      done
      [ -n "$(fc-list ':charset=738b ae40 3055')" ] || want fonts-noto-cjk
    elif [ "$(uname)" != Darwin ]; then
      want fontconfig; want fonts-noto-core; want fonts-noto-cjk
    fi
    have_pango || { want libpango-1.0-0; want libpangoft2-1.0-0; want libharfbuzz-subset0; }
    if [ "$1" = test ]; then
      [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || command -v chromium-browser >/dev/null || want chromium
      command -v pdftoppm >/dev/null || want poppler-utils
      command -v java >/dev/null || want default-jdk-headless
      [ -e /usr/share/java/jaxb-runtime.jar ] || [ "$(uname)" = Darwin ] || want libjaxb-java
    fi
    ;;
esac

[ "${#needs[@]}" -eq 0 ] && exit 0

if [ "$(uname)" = Darwin ]; then
  command="brew install pango poppler openjdk && brew install --cask chromium"
elif command -v apt-get >/dev/null; then
  command="apt-get install -y --no-install-recommends ${needs[*]}"
  if [ "$(id -u)" = 0 ]; then
    echo "Installing system libraries: ${needs[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $command -qq >/dev/null
    exit 0
  fi
  command="sudo $command"
else
  command="install with your package manager: ${needs[*]}"
fi

echo "Some system libraries are missing. Run this once:"
echo "  $command"
if [ "${1:-}" = run ]; then
  echo "Until then letters may come as print-ready web pages in place of PDF, or show squares for some names."
  exit 0
fi
exit 1
