"""Looks inside a PDF: what its glyphs say, page by page, and what hangs on it. By the file's own structures alone."""

import io
import re
from xml.etree import ElementTree

import page as pdf_checker
import pikepdf

NOTDEF = 0
CMAP_PART = re.compile(r"beginbf(char|range)(.*?)endbf", re.DOTALL)
CMAP_CODE = re.compile(r"<([0-9a-fA-F]*)>")


def opened(pdf):
    return pikepdf.open(io.BytesIO(pdf))


def pdf_ua_failures(pdf):
    """What keeps the file from PDF/UA-1; empty when nothing does."""
    report = pdf_checker.validate_pdf_bytes(pdf, profile="ua1")
    return [(failure.rule_id, failure.message) for failure in report.failures]


def words_by_page(pdf):
    """What each page shows, glyph by glyph, each read through its own font's table."""
    with opened(pdf) as file:
        return ["".join(letters_of(page)) for page in file.pages]


def words(pdf):
    """What the whole file shows, without the invisible places to break."""
    return "".join(words_by_page(pdf)).replace("\u200b", "")


def letters_of(page):
    """The letters of a page, or of a form that is drawn on one: the feet of a joined file are forms."""
    fonts = {str(name): letters_by_glyph(font) for name, font in page.Resources.Font.items()}
    font = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            font = fonts[str(operands[0])]
        elif str(operator) == "Do" and (form := page.Resources.XObject[str(operands[0])]).Subtype == "/Form":
            yield from letters_of(form)
        elif str(operator) in ("TJ", "Tj"):
            shown = operands[0] if str(operator) == "TJ" else operands
            for piece in shown:
                if isinstance(piece, pikepdf.String):
                    yield from read_glyphs(bytes(piece), font)


def read_glyphs(codes, font):
    for at in range(0, len(codes), 2):
        glyph = int.from_bytes(codes[at : at + 2], "big")
        assert glyph != NOTDEF, "a letter that the font does not have"
        yield font[glyph]


def letters_by_glyph(font):
    """Glyph number to the letters it stands for, from the font's ToUnicode table."""
    letters = {}
    for kind, lines in CMAP_PART.findall(font.ToUnicode.read_bytes().decode("ascii")):
        codes = CMAP_CODE.findall(lines)
        if kind == "char":
            pairs = zip(codes[::2], codes[1::2], strict=True)
            letters |= {int(glyph, 16): bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}
        for first, last, text in zip(codes[::3], codes[1::3], codes[2::3], strict=True) if kind == "range" else ():
            run = range(int(first, 16), int(last, 16) + 1)
            letters |= {glyph: chr(int(text, 16) + offset) for offset, glyph in enumerate(run)}
    return letters


def pictures(pdf):
    """How many pictures lie on its pages."""
    with opened(pdf) as file:
        acts = [str(operator) for page in file.pages for _, operator in pikepdf.parse_content_stream(page)]
    return acts.count("Do")


def encodings(pdf):
    """How each font's codes lead to glyphs; anything but Identity-H means letters without a glyph."""
    with opened(pdf) as file:
        return {str(font.Encoding) for page in file.pages for font in page.Resources.Font.values()}


def links(pdf):
    """Where each link of the file leads."""
    with opened(pdf) as file:
        notes = [note for page in file.pages for note in page.get("/Annots", [])]
        return [str(note.A.get("/URI", note.A) if "/A" in note else note.Dest) for note in notes]


def outline(pdf):
    """The bookmarks, each with its depth."""

    def walk(items, depth):
        for item in items:
            yield depth, item.title
            yield from walk(item.children, depth + 1)

    with opened(pdf) as file, file.open_outline() as tree:
        return list(walk(tree.root, 1))


def places(pdf):
    """The pages, counted from 1, that the bookmarks lead to, each with its title; and those that names stand for."""

    def walk(item):
        while item is not None:
            yield str(item.Title), numbers[item.Dest[0].objgen]
            yield from walk(item.get("/First"))
            item = item.get("/Next")

    with opened(pdf) as file:
        numbers = {page.obj.objgen: number for number, page in enumerate(file.pages, start=1)}
        names = list(file.Root.Names.Dests.Names) if "/Names" in file.Root else []
        named = {str(name): numbers[place[0].objgen] for name, place in zip(names[::2], names[1::2], strict=True)}
        return list(walk(file.Root.Outlines.First)), named


def tags(pdf):
    """The kinds of the structure tree's elements, in reading order."""

    def walk(element):
        if isinstance(element, pikepdf.Array):
            for child in element:
                yield from walk(child)
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            yield str(element.S)[1:]
            yield from walk(element.get("/K", pikepdf.Array()))

    with opened(pdf) as file:
        return list(walk(file.Root.StructTreeRoot.K))


def metadata(pdf):
    """Every entry of both places that tell about the file: name to value."""
    with opened(pdf) as file:
        entries = {name: str(value) for name, value in file.trailer.get("/Info", {}).items()}
        tree = ElementTree.fromstring(file.Root.Metadata.read_bytes())
    for element in tree.iter():
        entries |= {local(name): value for name, value in element.attrib.items()}
        if (element.text or "").strip():
            entries[local(element.tag)] = element.text.strip()
    return entries


def local(name):
    return name.rpartition("}")[2]


PIXEL = 0.75  # points; the content is drawn in pixels
RIGHT_MARGIN = 595.28 - 34 * 72 / 25.4 + 1  # points: A4 without the margin of the stylesheet, and one for rounding


def rightmost_ink(pdf):
    """How far right, in points, the text of any page reaches."""
    with opened(pdf) as file:
        return max(right_end for page in file.pages for right_end in line_ends(page))


def line_ends(page):
    """Where each piece of text ends: its start and the widths of its glyphs, as the file's fonts tell them."""
    fonts = {str(name): widths_by_glyph(font) for name, font in page.Resources.Font.items()}
    x, size, widths = 0.0, 0.0, {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tm":
            x = float(operands[4])
        elif str(operator) == "Tf":
            widths, size = fonts[str(operands[0])], float(operands[1])
        elif str(operator) in ("TJ", "Tj"):
            x += sum(advances(operands[0] if str(operator) == "TJ" else operands, widths)) * size / 1000
            yield x * PIXEL


def advances(pieces, widths):
    """How far each piece moves on, in thousandths of the size of the letters."""
    for piece in pieces:
        if isinstance(piece, pikepdf.String):
            codes = bytes(piece)
            yield sum(widths[int.from_bytes(codes[at : at + 2], "big")] for at in range(0, len(codes), 2))
        else:
            yield -float(piece)


def widths_by_glyph(font):
    """Glyph number to width, from runs such as `[first [width, width, ...] first [...]]`."""
    runs = list(font.DescendantFonts[0].W)
    return {
        int(first) + offset: float(width)
        for first, run in zip(runs[::2], runs[1::2], strict=True)
        for offset, width in enumerate(run)
    }
