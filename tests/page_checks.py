"""What every page must be, checked on each page that any test opens."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree.ElementTree import Element

import html5lib

NEEDS_LABEL = {"input", "select", "textarea"}
NO_LABEL_TYPES = {"hidden", "submit", "button"}


def problems(html: str) -> list[str]:
    """List what is wrong with a page; empty when nothing is."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    found = [f"invalid HTML at {position}: {code} {values}" for position, code, values in parser.errors]
    headings = tree.findall(".//h1")
    if len(headings) != 1:
        found.append(f"{len(headings)} h1 elements")
    title = tree.findtext(".//title") or ""
    if not title.strip():
        found.append("no title")
    if not tree.get("lang"):
        found.append("no lang on html")
    ids = Counter(node.get("id") for node in tree.iter() if node.get("id"))
    found += [f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1]
    found += _form_problems(tree, set(ids))
    found += [
        f"script without nonce: {(node.get('src') or node.text or '')[:60]}"
        for node in tree.iter("script")
        if not node.get("nonce")
    ]
    found += [
        f"inline style on {node.tag}"
        for node in tree.iter()
        if isinstance(node.tag, str) and node.get("style")
    ]
    found += [
        f"inline handler {name} on {node.tag}"
        for node in tree.iter()
        for name in node.attrib
        if isinstance(name, str) and re.fullmatch(r"on[a-z]+", name)
    ]
    if "{{" in html or "{%" in html:
        found.append("template code on the page")
    return found


def _form_problems(tree: Element, ids: set[str]) -> list[str]:
    found = []
    labelled = {node.get("for") for node in tree.iter("label")}
    for name in labelled - ids:
        found.append(f"label for {name!r}, which is not on the page")
    wrapped = {child for label in tree.iter("label") for child in label.iter()}
    for node in tree.iter():
        if node.tag not in NEEDS_LABEL or node.get("type") in NO_LABEL_TYPES:
            continue
        if node.get("id") not in labelled and node not in wrapped and not node.get("aria-label"):
            found.append(f"{node.tag} {node.get('name')!r} has no label")
    for form in tree.iter("form"):
        tokens = [node for node in form.iter("input") if node.get("name") == "csrf_token"]
        if (form.get("method") or "get").lower() == "post" and len(tokens) != 1:
            found.append(f"form to {form.get('action')!r} has {len(tokens)} CSRF tokens")
    return found


def named(text: str, *names: str) -> set[str]:
    """Give which names stand in a text as words: three letters in a row stand in many a random token, too."""
    return {name for name in names if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)}
