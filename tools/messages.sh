#!/usr/bin/env bash
# Gather the marked texts and bring each language's catalogue up to date; a text that changed is left empty,
# never guessed. Nothing is compiled: the application reads the .po files themselves.
set -euo pipefail
bin=.venv/bin
pot=$(mktemp)
trap 'rm -f "$pot"' EXIT

"$bin/pybabel" -q extract -F translations/babel.cfg --ignore-dirs=".*" -o "$pot" --add-location=file --sort-by-file -w 110 \
  --no-default-keywords -k say -k say_count:1,2 -k _ -k gettext -k ngettext:1,2 --add-comments=Translators: \
  --project=Meritum --version=1 --copyright-holder=Meritum --msgid-bugs-address= app templates
for language in es hi ar; do
  catalogue=translations/$language/LC_MESSAGES/messages.po
  if [ -e "$catalogue" ]; then
    "$bin/pybabel" -q update -i "$pot" -o "$catalogue" -l "$language" -w 110 --no-fuzzy-matching --ignore-obsolete
  else
    mkdir -p "$(dirname "$catalogue")"
    "$bin/pybabel" -q init -i "$pot" -o "$catalogue" -l "$language" -w 110
  fi
  # the day of gathering would change the file each time
  sed -i -E '/^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To|Generated-By):/d; /^# (FIRST AUTHOR|Copyright)/d' "$catalogue"
done
"$bin/python" - <<'PY'
from babel.messages.pofile import read_po

for language in ("es", "hi", "ar"):
    with open(f"translations/{language}/LC_MESSAGES/messages.po", "rb") as file:
        catalogue = read_po(file, locale=language)
    texts = [message for message in catalogue if message.id]
    empty = [text for text in texts if not all(text.string if text.pluralizable else [text.string])]
    print(f"{language}: {len(texts)} texts, {len(empty)} to translate")
PY
