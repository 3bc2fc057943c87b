"""What WeasyPrint leaves to do for one file to be PDF/A-3a and PDF/UA-1 at once.

Works on WeasyPrint's own PDF objects before they are written: its objects are dictionaries and streams whose
references read "12 0 R".
"""

from __future__ import annotations

from typing import Any

# ISO 14289-1, 5: a file says itself that it is PDF/UA; PDF/A (ISO 19005-3, 6.6.2.3) wants the schema of that
# statement described beside it.
UA_STATEMENT = b"""\
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""

POINTS_PER_PIXEL = 0.75


def describe(document: Any, *, title: str, language: str) -> None:
    """Set title and language, and state PDF/UA-1 beside PDF/A-3a in the document's metadata."""
    metadata = document.metadata
    metadata.title, metadata.lang = title, language
    generate = metadata.generate_rdf_metadata
    metadata.generate_rdf_metadata = lambda *arguments: generate(*arguments).replace(
        b"</rdf:RDF>", UA_STATEMENT
    )


def finish(document: Any, pdf: Any) -> None:
    """Mend the structure just before the file is written."""
    _mark_footers(pdf)
    _place_figures(document, pdf)
    if "AF" in pdf.catalog:  # each attachment is listed twice
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def _mark_footers(pdf: Any) -> None:
    """Make page margins artifacts, as ISO 14289-1, 7.8 asks; they come as tagged text outside the tree."""
    structure = _object(pdf, pdf.catalog["StructTreeRoot"])
    reached = _reach(pdf, structure["K"])
    numbers = _object(pdf, structure["ParentTree"])["Nums"]
    pages = pdf.page_references
    for key, owners in zip(numbers[::2], numbers[1::2], strict=True):
        if key >= len(pages):  # the entries after the pages' belong to links
            continue
        content = _object(pdf, _object(pdf, pages[key])["Contents"]).stream
        outside = {mark for mark, owner in enumerate(owners) if owner not in reached}
        for position, item in enumerate(content):
            if isinstance(item, dict) and item.get("MCID") in outside:
                content[position - 1] = "/Artifact"
                content[position] = type(item)({"Type": "/Pagination"})
        for mark in outside:
            owners[mark] = "null"


def _reach(pdf: Any, kids: list[Any]) -> set[bytes]:
    """Give the references of all structure elements below `kids`."""
    reached: set[bytes] = set()
    waiting = list(kids)
    while waiting:
        kid = waiting.pop()
        if isinstance(kid, bytes) and kid not in reached:
            reached.add(kid)
            waiting += _object(pdf, kid).get("K", [])
    return reached


def _place_figures(document: Any, pdf: Any) -> None:
    """Give figures' boxes in points from the bottom of the page; they come in pixels from its top."""
    heights = {
        reference: page.height for reference, page in zip(pdf.page_references, document.pages, strict=True)
    }
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("S") == "/Figure":
            left, top, right, bottom = item["A"]["BBox"]
            height = heights[item["Pg"]]
            item["A"]["BBox"][:] = (
                round(pixels * POINTS_PER_PIXEL, 3) for pixels in (left, height - bottom, right, height - top)
            )


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
