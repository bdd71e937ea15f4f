"""Whether a PDF's structure tree is whole: what is marked has its element, and each element its one place."""

import pikepdf

from tests.reports.inside import opened


def failures(pdf):
    """What is wrong with the tree of the file, in words; empty when it is whole."""
    with opened(pdf) as file:
        [document] = file.Root.StructTreeRoot.K
        numbers = list(file.Root.StructTreeRoot.ParentTree.Nums)
        elements = list(walk(document, file.Root.StructTreeRoot))
        found = [] if document.S == "/Document" else ["the root is no document"]
        found += in_elements(file, elements)
        keys, entries = [int(number) for number in numbers[::2]], numbers[1::2]
        found += [] if keys == sorted(set(keys)) else ["numbers of the parent tree out of order"]
        by_number, in_tree = dict(zip(keys, entries, strict=True)), {element.objgen for element, _ in elements}
        for number, page in enumerate(file.pages, start=1):
            found += [f"page {number}: {what}" for what in on_page(page, by_number, in_tree)]
        return found


def walk(element, parent):
    """Each element and the one it hangs from, as often as it is reached."""
    yield element, parent
    for kid in kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from walk(kid, element)


def kids(element):
    below = element.get("/K", [])
    return list(below) if isinstance(below, pikepdf.Array) else [below]


def in_elements(file, elements):
    reached = [element.objgen for element, _ in elements]
    pages = {page.obj.objgen for page in file.pages}
    everywhere = {
        one.objgen for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem"
    }
    if len(set(reached)) != len(reached):
        yield "an element in two places"
    if everywhere != set(reached):
        yield f"{len(everywhere - set(reached))} elements outside the tree"
    if any(element.P.objgen != parent.objgen for element, parent in elements):
        yield "an element that names another parent"
    if any(element.Pg.objgen not in pages for element, _ in elements if "/Pg" in element):
        yield "an element of a page that is not there"


def on_page(page, by_number, in_tree):
    """Marked content and links of one page against the parent tree."""
    entries = list(by_number.get(int(page.obj.StructParents), []))
    marked = list(marks(page))
    if "" in marked:
        yield "ink that is neither marked nor set apart"
    numbers = [mark for mark in marked if isinstance(mark, int)]
    if len(set(numbers)) != len(numbers):
        yield "two marks of one number"
    if set(numbers) != {number for number, element in enumerate(entries) if element is not None}:
        yield "marks and elements do not match"
    for number, element in enumerate(entries):
        if element is not None and (element.objgen not in in_tree or number not in kids(element)):
            yield f"mark {number} has no element in the tree"
    for note in page.obj.get("/Annots", []):
        holder = by_number.get(int(note.StructParent))
        links = [kid for kid in kids(holder) if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"]
        if holder.objgen not in in_tree or note.objgen not in {link.Obj.objgen for link in links}:
            yield "a link without its element"


def marks(content):
    """For each piece of ink what it is marked as: a number, `/Artifact`, or nothing; a form may be ink of a mark."""
    within = []
    for operands, operator in pikepdf.parse_content_stream(content):
        match str(operator):
            case "BMC" | "BDC":
                has_number = len(operands) > 1 and "/MCID" in operands[1]
                within.append(int(operands[1].MCID) if has_number else str(operands[0]))
                if has_number:
                    yield within[-1]
            case "EMC":
                within.pop()
            case "Do" if not within and content.Resources.XObject[str(operands[0])].Subtype == "/Form":
                yield from marks(content.Resources.XObject[str(operands[0])])
            case "TJ" | "Tj" | "f" | "S" | "B" | "Do" if not within:
                yield ""
