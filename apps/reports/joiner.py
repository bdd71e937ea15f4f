"""Joins the parts of a long report into one tagged PDF: the program of a process of its own (decision 0030).

Like the renderer it knows nothing of Keel's and has walls and bounds; it loads nothing that draws. Each part is a whole
tagged PDF, the first of them with the heading of all. What names pages of its own part by number, name or order is led
on.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, String

from apps.reports.drawn import Drawn
from apps.reports.walls import serve


def join(parts: Sequence[bytes], feet: Sequence[bytes]) -> tuple[bytes, int]:
    """One PDF of these parts in their order and its number of pages; `feet` have one for each page, in order too."""
    whole = Pdf.open(BytesIO(parts[0]))
    for part in parts[1:]:
        add(whole, Pdf.open(BytesIO(part)))  # not closed: what it holds is read when the whole is saved
    put_feet(whole, [Pdf.open(BytesIO(some)) for some in feet])
    joined = BytesIO()
    whole.save(joined, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
    return joined.getvalue(), len(whole.pages)


def put_feet(whole: Pdf, feet: Sequence[Pdf]) -> None:
    """Draw on each page the one of these pages that has its place among them all."""
    drawn = [foot for some in feet for foot in some.pages]
    for number, (page, foot) in enumerate(zip(whole.pages, drawn, strict=True), start=1):
        form = whole.copy_foreign(foot.as_form_xobject())
        name = page.add_resource(form, Name.XObject, name=Name(f"/Foot{number}"))
        page.contents_add(b"q", prepend=True)
        page.contents_add(f"Q q {name} Do Q".encode())


def add(whole: Pdf, part: Pdf) -> None:
    """Put all of a part behind what is there."""
    before = len(whole.pages)
    whole.pages.extend(part.pages)
    add_tags(whole, whole.copy_foreign(part.Root.StructTreeRoot), before)
    if Name.Outlines in part.Root:
        add_bookmarks(whole.Root.Outlines, whole.copy_foreign(part.Root.Outlines))
    add_names(whole, part)


def add_tags(whole: Pdf, tree: Object, before: int) -> None:
    """Hang a part's elements into the one document; its pages and links find them by numbers of their own."""
    [document], [added] = whole.Root.StructTreeRoot.K, tree.K
    for element in added.K:
        element.P = document
        document.K.append(element)
    numbers = whole.Root.StructTreeRoot.ParentTree.Nums
    offset = int(numbers[-2]) + 1
    for number, elements in in_pairs(tree.ParentTree.Nums):
        numbers.append(int(number) + offset)
        numbers.append(elements)
    for page in whole.pages[before:]:
        page.obj.StructParents = int(page.obj.StructParents) + offset
        for note in page.obj.get(Name.Annots, Array()):
            note.StructParent = int(note.StructParent) + offset


def add_bookmarks(outline: Object, added: Object) -> None:
    """Put a part's bookmarks below the first of all, which is the heading of the whole."""
    heading, last = outline.First, outline.First.get(Name.Last)
    for bookmark in chain(added.First):
        bookmark.Parent = heading
        if last is None:
            heading.First = bookmark
        else:
            last.Next, bookmark.Prev = bookmark, last
        heading.Last = last = bookmark
    for one in (outline, heading):
        one.Count = int(one.get(Name.Count, 0)) + int(added.Count)


def add_names(whole: Pdf, part: Pdf) -> None:
    """Have a name that links lead to stand for the place in the latest part that has it."""
    if Name.Names not in part.Root:
        return
    added = whole.copy_foreign(part.make_indirect(part.Root.Names))
    known = whole.Root.get(Name.Names)
    places = {bytes(name): place for names in (known, added) if names for name, place in in_pairs(names.Dests.Names)}
    ordered = [entry for name in sorted(places) for entry in (String(name), places[name])]
    whole.Root.Names = Dictionary(Dests=Dictionary(Names=Array(ordered)))


def chain(bookmark: Object) -> Iterator[Object]:
    """A bookmark and those after it."""
    following: Object | None = bookmark
    while following is not None:
        bookmark, following = following, following.get(Name.Next)
        yield bookmark


def in_pairs(entries: Object) -> Iterator[tuple[Object, Object]]:
    """What a tree of names or numbers holds."""
    listed = list(entries)
    return zip(listed[::2], listed[1::2], strict=True)


def join_frames(number: bytes, *frames: bytes) -> Drawn:
    """So many parts of one report, and behind them its feet, as one PDF."""
    return Drawn(*join(frames[: int(number)], frames[int(number) :]))


def main() -> None:
    """Join for whoever started this."""
    serve(join_frames)
