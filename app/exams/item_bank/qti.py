"""Items as QTI 3.0: single-choice assessment items, alone or in a package.

1EdTech, Question and Test Interoperability 3.0, Assessment, Section and Item Information Model; read
2026-11-22. What is read is written again; any other part of QTI is refused with its line, never dropped.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence

from lxml import etree  # type: ignore[import-untyped]

from app.exams.item_bank.files import MOST_ITEMS, Fault, Reading, read_difficulty
from app.exams.item_bank.rules import OPTION_KEYS, Content
from app.exams.item_bank.states import Difficulty

QTI = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/LOM"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MATCH = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct"
MANIFEST = "imsmanifest.xml"
MOST_UNPACKED = 50_000_000
# LOM's words for how hard something is, and ours.
HARDNESS = {Difficulty.EASY: "easy", Difficulty.MEDIUM: "medium", Difficulty.HARD: "difficult"}
ROOT_ATTRIBUTES = {"identifier", "title", "adaptive", "time-dependent", XML_LANG}


class Refused(ValueError):
    """Say what part of a file is not known, and on which line."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line, self.reason = line, reason


def read_qti(content: bytes, subject: str, difficulty: Difficulty, language: str) -> Reading:
    """Read one item (XML) or a package of them (ZIP).

    Where a package's manifest does not say subject and difficulty, and an item not its language, those
    given here hold.
    """
    reading = Reading()
    if not content.startswith(b"PK"):
        _take(reading, "", content, {}, (subject, difficulty, language))
        return reading
    try:
        files = _unpack(content)
        known = _read_manifest(files.pop(MANIFEST, b""))
    except Refused as error:
        reading.faults.append(Fault(MANIFEST, error.line, error.reason))
        return reading
    for name, data in files.items():
        if name.endswith(".xml"):
            _take(reading, name, data, known, (subject, difficulty, language))
    if not reading.rows and not reading.faults:
        reading.faults.append(Fault("", 0, "The package has no items."))
    return reading


def _unpack(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            if len(entries) > MOST_ITEMS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise Refused(0, "The package holds more than this service unpacks.")
            return {entry.filename: package.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise Refused(0, "The package cannot be unpacked.") from error


def _parse(data: bytes) -> etree._Element:
    """Parse without entities, document types or the network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Refused(error.lineno or 1, f"This is not XML: {error.msg}.") from error
    if root.getroottree().docinfo.doctype:
        raise Refused(1, "A document type is not taken.")
    return root


def _take(
    reading: Reading,
    name: str,
    data: bytes,
    known: dict[str, tuple[str, str]],
    given: tuple[str, Difficulty, str],
) -> None:
    try:
        root = _parse(data)
        subject, hardness = known.get(name, ("", ""))
        difficulty = _difficulty(hardness) if hardness else given[1]
        reading.add(root.sourceline or 1, _read_item(root, subject or given[0], difficulty, given[2]), name)
    except Refused as error:
        reading.faults.append(Fault(name, error.line, error.reason))


def _difficulty(text: str) -> Difficulty:
    try:
        return read_difficulty(text.replace("very ", "").replace("difficult", "hard"))
    except ValueError as error:
        raise Refused(1, str(error)) from error


def _read_item(root: etree._Element, subject: str, difficulty: Difficulty, language: str) -> Content:
    _expect(root, "qti-assessment-item")
    _only_attributes(root, ROOT_ATTRIBUTES)
    parts = _children(
        root,
        ("qti-response-declaration", "qti-outcome-declaration", "qti-item-body", "qti-response-processing"),
    )
    if parts.get("qti-response-processing") is not None:
        _check_processing(parts["qti-response-processing"])
    body = _needed(root, parts, "qti-item-body")
    stem, options, names = _read_body(body)
    accepted = _read_key(_needed(root, parts, "qti-response-declaration"), names)
    spoken = root.get(XML_LANG, language).partition("-")[0]
    code = root.get("identifier", "")
    return Content(code, subject, difficulty, spoken, stem, options, accepted)


def _read_body(body: etree._Element) -> tuple[str, dict[str, str], dict[str, str]]:
    """Give the question, the options by letters, and the letter of each identifier."""
    lines: list[str] = []
    choice = None
    for child in _elements(body):
        if _name(child) == "qti-choice-interaction" and choice is None:
            choice = child
        elif _name(child) in ("p", "div") and choice is None:
            lines.append(_text(child))
        else:
            raise Refused(child.sourceline or 1, f"“{_name(child)}” is a part that this bank does not hold.")
    if choice is None:
        raise Refused(body.sourceline or 1, "The item has no qti-choice-interaction.")
    options: dict[str, str] = {}
    names: dict[str, str] = {}
    _only_attributes(choice, {"response-identifier", "shuffle", "max-choices", "min-choices"})
    for child in _elements(choice):
        if _name(child) == "qti-prompt":
            lines.append(_text(child))
        elif _name(child) == "qti-simple-choice" and len(options) < len(OPTION_KEYS):
            letter = OPTION_KEYS[len(options)]
            options[letter], names[child.get("identifier", "")] = _text(child), letter
        else:
            raise Refused(child.sourceline or 1, f"“{_name(child)}” is a part that this bank does not hold.")
    return "\n".join(line for line in lines if line), options, names


def _read_key(declaration: etree._Element, names: dict[str, str]) -> tuple[str, ...]:
    if (declaration.get("base-type"), declaration.get("cardinality")) != ("identifier", "single"):
        raise Refused(declaration.sourceline or 1, "This bank holds single choices of identifiers only.")
    parts = _children(declaration, ("qti-correct-response",))
    correct = _needed(declaration, parts, "qti-correct-response")
    accepted = []
    for value in _elements(correct):
        _expect(value, "qti-value")
        if (wanted := (value.text or "").strip()) not in names:
            raise Refused(value.sourceline or 1, f"“{wanted[:40]}” is no choice of this item.")
        accepted.append(names[wanted])
    return tuple(sorted(accepted))


def _check_processing(processing: etree._Element) -> None:
    if len(processing) or not processing.get("template", MATCH).endswith(
        ("match_correct", "match_correct.xml")
    ):
        line = processing.sourceline or 1
        raise Refused(line, "Only the processing by the template match_correct is held by this bank.")


def _text(element: etree._Element) -> str:
    """Give the words of an element; markup inside it is refused, because it would be lost."""
    for child in _elements(element):
        if _name(child) not in ("p", "span", "br", "strong", "em"):
            raise Refused(child.sourceline or 1, f"“{_name(child)}” is a part that this bank does not hold.")
    return " ".join("".join(element.itertext()).split())


def _children(element: etree._Element, names: Sequence[str]) -> dict[str, etree._Element]:
    found: dict[str, etree._Element] = {}
    for child in _elements(element):
        name = _name(child)
        if name not in names:
            raise Refused(child.sourceline or 1, f"“{name}” is a part that this bank does not hold.")
        if name in found and name != "qti-outcome-declaration":
            raise Refused(child.sourceline or 1, f"“{name}” stands in the item twice.")
        found[name] = child
    return found


def _elements(element: etree._Element) -> list[etree._Element]:
    return [child for child in element if isinstance(child.tag, str)]


def _needed(element: etree._Element, parts: dict[str, etree._Element], name: str) -> etree._Element:
    if name not in parts:
        raise Refused(element.sourceline or 1, f"The part “{name}” is missing.")
    return parts[name]


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _expect(element: etree._Element, name: str) -> None:
    if _name(element) != name:
        raise Refused(element.sourceline or 1, f"“{_name(element)}” stands where “{name}” is expected.")


def _only_attributes(element: etree._Element, known: set[str]) -> None:
    schema = "{http://www.w3.org/2001/XMLSchema-instance}"
    for name in element.attrib:
        if name not in known and not str(name).startswith(schema):
            raise Refused(element.sourceline or 1, f"The attribute “{name}” is not known to this bank.")


def _read_manifest(data: bytes) -> dict[str, tuple[str, str]]:
    """Map each file of a package to its subject and LOM difficulty, as far as the manifest says them."""
    if not data:
        return {}
    found = {}
    for resource in _parse(data).iter(f"{{{PACKAGE}}}resource"):
        subject = resource.findtext(f".//{{{LOM}}}keyword/{{{LOM}}}string") or ""
        hardness = resource.findtext(f".//{{{LOM}}}difficulty/{{{LOM}}}value") or ""
        found[resource.get("href", "")] = (subject.strip(), hardness.strip())
    return found


def write_item(content: Content) -> bytes:
    """Write one item."""
    root = etree.Element(f"{{{QTI}}}qti-assessment-item", nsmap={None: QTI})
    root.set("identifier", content.code)
    root.set("title", content.code)
    root.set("adaptive", "false")
    root.set("time-dependent", "false")
    root.set(XML_LANG, content.language)
    answer = _sub(root, "qti-response-declaration", identifier="RESPONSE", base_type="identifier")
    answer.set("cardinality", "single")
    correct = _sub(answer, "qti-correct-response")
    for key in content.accepted:
        _sub(correct, "qti-value").text = key
    _sub(root, "qti-outcome-declaration", identifier="SCORE", cardinality="single", base_type="float")
    body = _sub(root, "qti-item-body")
    choice = _sub(body, "qti-choice-interaction", response_identifier="RESPONSE", shuffle="false")
    choice.set("max-choices", "1")
    _sub(choice, "qti-prompt").text = content.stem
    for key, text in content.options.items():
        _sub(choice, "qti-simple-choice", identifier=key).text = text
    _sub(root, "qti-response-processing", template=MATCH)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _sub(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{QTI}}}{name}")
    for key, value in attributes.items():
        made.set(key.replace("_", "-"), value)
    return made


def write_package(contents: Iterable[Content]) -> bytes:
    """Write items as a package whose manifest tells subject and difficulty; always the same bytes."""
    manifest = etree.Element(f"{{{PACKAGE}}}manifest", nsmap={None: PACKAGE, "lom": LOM})
    manifest.set("identifier", "meritum-item-bank")
    meta = etree.SubElement(manifest, f"{{{PACKAGE}}}metadata")
    etree.SubElement(meta, f"{{{PACKAGE}}}schema").text = "QTI Package"
    etree.SubElement(meta, f"{{{PACKAGE}}}schemaversion").text = "3.0.0"
    etree.SubElement(manifest, f"{{{PACKAGE}}}organizations")
    resources = etree.SubElement(manifest, f"{{{PACKAGE}}}resources")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for content in contents:
            name = f"items/{content.code}.xml"
            _describe(resources, content, name)
            package.writestr(zipfile.ZipInfo(name), write_item(content))
        text = etree.tostring(manifest, xml_declaration=True, encoding="UTF-8", pretty_print=True)
        package.writestr(zipfile.ZipInfo(MANIFEST), text)
    return out.getvalue()


def _describe(resources: etree._Element, content: Content, name: str) -> None:
    resource = etree.SubElement(resources, f"{{{PACKAGE}}}resource")
    resource.set("identifier", content.code)
    resource.set("type", "imsqti_item_xmlv3p0")
    resource.set("href", name)
    lom = etree.SubElement(etree.SubElement(resource, f"{{{PACKAGE}}}metadata"), f"{{{LOM}}}lom")
    keyword = etree.SubElement(etree.SubElement(lom, f"{{{LOM}}}general"), f"{{{LOM}}}keyword")
    etree.SubElement(keyword, f"{{{LOM}}}string").text = content.subject
    educational = etree.SubElement(lom, f"{{{LOM}}}educational")
    hardness = etree.SubElement(educational, f"{{{LOM}}}difficulty")
    etree.SubElement(hardness, f"{{{LOM}}}source").text = "LOMv1.0"
    etree.SubElement(hardness, f"{{{LOM}}}value").text = HARDNESS[content.difficulty]
    etree.SubElement(resource, f"{{{PACKAGE}}}file").set("href", name)
