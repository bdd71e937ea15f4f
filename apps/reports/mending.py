"""Mends what WeasyPrint leaves undone for PDF/UA. The renderer's: it imports no other line of Keel's."""

from typing import Any

import pydyf
from weasyprint.document import Document

ZERO_WIDTH_SPACE_IN_PDF = b"<200b>"


def finish(_document: Document, pdf: pydyf.PDF) -> None:
    """Mend what WeasyPrint leaves undone for PDF/UA."""
    name_every_glyph(pdf)
    set_margins_apart(pdf)


def set_margins_apart(pdf: pydyf.PDF) -> None:
    """Mark heads and feet of pages as no part of the text. WeasyPrint gives them elements outside the one tree."""
    tree = object_at(pdf, pdf.catalog["StructTreeRoot"])
    in_tree = elements_below(pdf, tree)
    elements_of_pages = object_at(pdf, tree["ParentTree"])["Nums"][1::2]
    for page, elements in zip(pdf.page_references, elements_of_pages, strict=False):  # after pages come links
        outside = {number for number, element in enumerate(elements) if element not in in_tree}
        content = object_at(pdf, object_at(pdf, page)["Contents"]).stream
        for at, act in enumerate(content):
            if isinstance(act, dict) and act.get("MCID") in outside:
                content[at - 1 : at + 1] = b"/Artifact", b"<</Type /Pagination>>"
        for number in outside:
            elements[number] = b"null"
    for one in pdf.objects:
        if isinstance(one, pydyf.Dictionary) and one.get("Type") == "/StructElem" and one.reference not in in_tree:
            one.clear()


def elements_below(pdf: pydyf.PDF, tree: dict[str, Any]) -> set[bytes]:
    """The references to all that hangs in the tree."""
    found, to_see = set(), list(tree["K"])
    while to_see:
        if isinstance(one := to_see.pop(), bytes):  # a number is a piece of ink
            found.add(one)
            to_see += object_at(pdf, one).get("K", ())
    return found


def object_at(pdf: pydyf.PDF, reference: bytes) -> Any:
    """What a reference such as `12 0 R` stands for."""
    return pdf.objects[int(reference.split()[0])]


def name_every_glyph(pdf: pydyf.PDF) -> None:
    """Give glyphs that share one letter with their neighbour, as in Devanagari, a name: PDF/UA wants one for each."""
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and b"1 begincodespacerange" in stream.stream:
            stream.stream = [
                entry[:-2] + ZERO_WIDTH_SPACE_IN_PDF if isinstance(entry, bytes) and entry.endswith(b"> <>") else entry
                for entry in stream.stream
            ]
