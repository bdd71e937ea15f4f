"""A long portfolio is drawn in parts and joined: the same pages as if it were drawn whole, and the same file inside."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

import pytest

from apps.reports import parts
from apps.reports import pdf as pdf_module
from apps.reports.content.portfolio import PortfolioContent
from apps.reports.content.reflection import Written
from apps.reports.pdf import draw
from apps.reports.process import Drawn, Refused, Renderer, RendererFailed, TooMuch
from tests.reports import inside, structure
from tests.reports.making import portfolio_of
from tests.reports.readings import DAY, content

PHASES = ("challenge", "values", "coping")
TEXTS = [["The line rang twice"], ["One more line", ""] * 60, ["أشعر بالضغط"], ["Fine 😀"], ["Felt \U0010fffc"]]


def portfolio(texts=TEXTS, *, large=False):
    """A portfolio of a reflection for each of these texts, a day apart."""
    whole = [content(*lines) for lines in texts]
    days = [DAY + timedelta(days=number) for number in range(len(texts))]
    reflections = tuple(
        Written(one.pk, 3, replace(one.reading, created_at=day)) for one, day in zip(whole, days, strict=True)
    )
    return PortfolioContent(PHASES, None, reflections, "Amina Rahman", large)


class Helper(Renderer):
    """A renderer that is counted."""

    all = []

    def __init__(self, **bounds):
        super().__init__(**bounds)
        self.all.append(self)


@pytest.fixture(autouse=True)
def helpers(monkeypatch):
    """Each reflection is a part of its own; the renderers that are started for one report, two cores there or not."""
    monkeypatch.setattr(parts, "LETTERS_OF_A_PART", 1)
    monkeypatch.setattr(parts, "Renderer", Helper)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1})
    monkeypatch.setattr(Helper, "all", [])
    return Helper.all


class Both(NamedTuple):
    """A portfolio drawn whole and in parts."""

    large: bool
    whole: Drawn
    joined: Drawn


@pytest.fixture(scope="module", params=[False, True], ids=["usual", "large"])
def both(request):
    with pytest.MonkeyPatch.context() as patch:
        whole = draw(portfolio(large=request.param))
        patch.setattr(parts, "LETTERS_OF_A_PART", 1)
        return Both(request.param, whole, draw(portfolio(large=request.param)))


# --- The file ---


def test_parts_make_the_same_pages_as_the_whole(both):
    assert inside.words_by_page(both.joined.pdf) == inside.words_by_page(both.whole.pdf)
    assert both.joined.pages == both.whole.pages > len(TEXTS)


def test_parts_make_the_same_bookmarks_places_and_links_as_the_whole(both):
    assert inside.outline(both.joined.pdf) == inside.outline(both.whole.pdf)
    assert inside.places(both.joined.pdf) == inside.places(both.whole.pdf)
    assert inside.links(both.joined.pdf) == [f"reflection-{one}" for one in range(1, 6)]
    assert set(inside.links(both.whole.pdf)) == set(inside.links(both.joined.pdf))


def test_parts_make_the_same_tags_as_the_whole(both):
    assert blocks(both.joined.pdf) == blocks(both.whole.pdf)


def blocks(pdf):
    """The tags but for those within lines: in parts a page's number is in the link itself."""
    return [tag for tag in inside.tags(pdf) if tag not in {"Link", "Span", "NonStruct"}]


def test_parts_make_one_tree_in_which_everything_has_its_place(both):
    assert structure.failures(both.joined.pdf) == []
    assert structure.failures(both.whole.pdf) == []


def test_parts_make_a_file_that_is_pdf_ua(both):
    assert inside.pdf_ua_failures(both.joined.pdf) == []


def test_parts_make_a_file_that_tells_about_itself_what_the_whole_does(both):
    assert inside.metadata(both.joined.pdf) == inside.metadata(both.whole.pdf)
    with inside.opened(both.joined.pdf) as file:
        assert (str(file.docinfo["/Title"]), str(file.Root.Lang)) == ("Portfolio", "en-GB")
        assert file.Root.MarkInfo.Marked
        assert file.Root.ViewerPreferences.DisplayDocTitle
        assert not {"/AF", "/AcroForm", "/OpenAction", "/AA"} & set(file.Root.keys())


def test_bookmarks_contents_and_feet_name_the_pages_where_reflections_are(both):
    pages = [tight_set(page) for page in inside.words_by_page(both.joined.pdf)]
    bookmarks, named = inside.places(both.joined.pdf)
    titles = [one.title for one in portfolio().reflections]
    assert [title for title, _ in bookmarks if title.startswith("Reflection of")] == titles
    for number, title in enumerate(titles, start=1):
        begins = named[f"reflection-{number}"]
        assert pages[begins - 1].startswith(tight_set(title))
        assert tight_set(f"{title}, page {begins}") in pages[0]
        assert (title, begins) in bookmarks
    for number, shown in enumerate(pages, start=1):
        assert shown.endswith(tight_set(f"Private Page {number} of {both.joined.pages}"))
        assert shown.count("Private") == 1


def tight_set(text):
    """Without spaces: a line that ends has none."""
    return text.replace("\u200b", "").replace(" ", "")


@pytest.mark.django_db
def test_portfolio_with_counts_is_the_same_in_parts_as_whole(world, three, monkeypatch):
    said = portfolio_of(world, sections=["counts", *PHASES])
    assert len(said.counts()) == 5
    joined = draw(said)
    monkeypatch.setattr(parts, "LETTERS_OF_A_PART", 30_000)
    whole = draw(said)
    assert inside.words_by_page(joined.pdf) == inside.words_by_page(whole.pdf)
    assert inside.outline(joined.pdf) == inside.outline(whole.pdf)
    assert blocks(joined.pdf) == blocks(whole.pdf)
    assert structure.failures(joined.pdf) == inside.pdf_ua_failures(joined.pdf) == []


def test_checker_sees_a_tree_that_is_not_whole(both):
    """The same file with an element cut off, a number changed, a page's numbers lost."""
    with inside.opened(both.joined.pdf) as file:
        del file.Root.StructTreeRoot.K[0].K[-1]
        file.pages[2].obj.StructParents = 0
        file.save(broken := inside.io.BytesIO())
    found = structure.failures(broken.getvalue())
    assert any("outside the tree" in what for what in found)
    assert any(what.startswith("page 3") for what in found)


# --- The drawing ---


def test_contents_longer_than_guessed_have_the_right_numbers_all_the_same(both, monkeypatch):
    monkeypatch.setattr(parts, "LINES_OF_CONTENTS", {False: 1, True: 1})
    again = draw(portfolio(large=both.large))
    assert inside.words_by_page(again.pdf) == inside.words_by_page(both.joined.pdf)


def test_drawing_tells_after_each_part_how_far_it_is():
    heard = []
    drawn = draw(portfolio(), lambda *numbers: heard.append(numbers))
    assert len(heard) == len(TEXTS) + 1
    assert heard[-1] == (drawn.pages, drawn.pages)
    assert [pages for pages, _ in heard] == sorted({pages for pages, _ in heard})
    assert all(pages <= in_all for pages, in_all in heard)


class Cancelled(Exception):
    pass


def test_what_tell_raises_ends_the_drawing_at_once(helpers):
    heard = []

    def cancel(*numbers):
        heard.append(numbers)
        raise Cancelled

    with pytest.raises(Cancelled):
        draw(portfolio(), cancel)
    assert len(heard) == 1
    assert [one.running for one in [*helpers, parts.renderer]] == [None, None]
    assert "The line rang twice" in inside.words(draw(content("The line rang twice")).pdf)


def test_drawing_in_parts_takes_one_renderer_more_and_ends_it(helpers):
    draw(portfolio())
    assert [one.running for one in helpers] == [None]
    assert parts.renderer.running is not None


def test_joining_begins_when_one_renderer_is_left_and_loads_nothing_that_draws(helpers, monkeypatch):
    at_joining = []

    class Watched(parts.Joiner):
        def join(self, *said):
            at_joining.extend(one.running for one in helpers)
            return super().join(*said)

    monkeypatch.setattr(parts, "Joiner", Watched)
    assert inside.pdf_ua_failures(draw(portfolio()).pdf) == []
    assert at_joining == [None]
    loaded = "import sys; from apps.reports import joiner; print('weasyprint' in sys.modules, 'pikepdf' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True).stdout == "False True\n"


def test_drawing_in_parts_on_one_core_takes_no_renderer_more(helpers, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0})
    assert inside.pdf_ua_failures(draw(portfolio(TEXTS[:2])).pdf) == []
    assert helpers == []


def test_few_words_are_drawn_whole(monkeypatch, helpers):
    monkeypatch.setattr(parts, "LETTERS_OF_A_PART", 30_000)
    draw(portfolio(TEXTS[:2]))
    assert helpers == []


def test_parts_hold_as_many_reflections_as_fit(monkeypatch):
    on_paper = portfolio([["x"]] * 8).on_paper()
    monkeypatch.setattr(parts, "LETTERS_OF_A_PART", 3 * parts.letters_in(on_paper["reflections"][0]))
    found = parts.parts_of(on_paper)
    assert [[number for number, _ in part.on_paper["reflections"]] for part in found] == [[1, 2, 3], [4, 5, 6], [7, 8]]


# --- Its bounds ---


@pytest.fixture
def tight(monkeypatch):
    """Renderers whose bounds are soon broken."""
    bounds = {"seconds": 2, "memory": 340 * 2**20}
    kept = Helper(**bounds)
    monkeypatch.setattr(parts, "renderer", kept)
    monkeypatch.setattr(parts, "Renderer", lambda: Helper(**bounds))
    yield
    kept.stop()


def test_bomb_in_one_part_ends_them_all_as_too_much(tight, helpers):
    with pytest.raises(TooMuch):
        draw(portfolio([["Calm"], ["😀 " * 3_000], ["Calm"]]))
    assert len(helpers) == 2
    assert [one.running for one in helpers] == [None, None]


def test_part_that_asks_for_an_address_is_refused(monkeypatch, helpers):
    written = pdf_module.page

    def unescaped(said, template, on_paper):
        return written(said, template, on_paper).replace("The line", '<img alt="x" src="https://example.test/"/>')

    monkeypatch.setattr(pdf_module, "page", unescaped)
    with pytest.raises(Refused):
        draw(portfolio())
    assert [one.running for one in helpers] == [None]


def test_parts_of_more_pages_than_anybody_prints_are_too_much(monkeypatch):
    monkeypatch.setattr(parts, "MOST_PAGES", 2)
    with pytest.raises(TooMuch):
        draw(portfolio())


def test_parts_that_take_too_long_by_the_clock_are_too_much(monkeypatch, helpers):
    monkeypatch.setattr(parts, "MOST_SECONDS_WAITED", 0)
    with pytest.raises(TooMuch):
        draw(portfolio())
    assert [one.running for one in [*helpers, parts.renderer]] == [None, None]


def test_helper_ended_from_outside_is_trouble_that_may_pass(monkeypatch, helpers):
    def end(*_numbers):
        process, _ = helpers[0].start()
        process.kill()
        process.wait()

    with pytest.raises(RendererFailed):
        draw(portfolio(), end)
