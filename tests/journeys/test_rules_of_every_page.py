"""The twins of every journey: a page with one fault planted in it is found out, so none passes for nothing."""

from base64 import b64encode

import pytest

from tests.journeys.leaks import leaks, places
from tests.journeys.page_rules import wrong_on
from tests.journeys.stage import AT_A_DESK

SOUND = "/support/"


@pytest.fixture
def width():
    """One is enough here."""
    return 375


@pytest.fixture
def page(enters):
    """A page on which nothing is wrong yet."""
    visitor = enters()
    visitor.opens(SOUND, "Need support now")
    return visitor.page


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("document.querySelector('main').append(document.createElement('h1'))", "it has the h1 headings"),
        ("document.title = ' '", "it has no title"),
        ("document.documentElement.lang = 'en'", "its language is 'en'"),
        ("document.querySelector('h1').style.setProperty('width', '3000px')", "pixels and has"),
        ("document.querySelector('p').style.cssText = 'width: 9px; overflow: hidden'", "it cuts off"),
        ("localStorage.setItem('a', 'b')", "it keeps something in the browser's own storage"),
        ("sessionStorage.setItem('a', 'b')", "it keeps something in the browser's own storage"),
        ("caches.open('a')", "it keeps something in the browser's own storage"),
        ("new Promise(done => { indexedDB.open('a').onsuccess = done }).then(() => 0)", "it keeps something"),
        ("document.querySelector('h1').style.setProperty('color', '#eee')", "axe color-contrast"),
        ("document.querySelector('main').append(document.createElement('input'))", "axe label"),
    ],
)
@AT_A_DESK
def test_a_fault_planted_in_a_page_is_found(page, fault, said):
    assert wrong_on(page) == []
    page.evaluate(fault)
    assert any(said in sentence for sentence in wrong_on(page))


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("console.error('oh dear')", "oh dear"),
        ("throw new Error('dropped')", "dropped"),
        ("document.body.insertAdjacentHTML('beforeend', '<b></b>')", "TrustedHTML"),
        ("document.body.setAttribute('onclick', 'leave()')", "TrustedScript"),
        ("fetch('https://example.org/').catch(() => 0)", "Content Security Policy"),
    ],
)
@AT_A_DESK
def test_a_script_that_fails_or_breaks_the_policy_is_found(stage, page, act, said):
    watch = stage.watches[-1]
    page.evaluate(f"() => {{ setTimeout(() => {{ {act} }}) }}")
    page.wait_for_timeout(200)
    assert any(said in sentence for sentence in watch.wrong)
    watch.wrong.clear()


@AT_A_DESK
def test_a_page_passed_over_is_found(stage, page):
    page.goto("/about/")
    with pytest.raises(AssertionError, match=r"never looked at: \{'/about/'\}"):
        stage.close()
    stage.contexts.clear()
    stage.watches.clear()


def test_words_that_can_be_read_in_any_spelling_are_found():
    text = "the wryneck said seven words in a row"
    spelt = [text, text.replace(" ", "+"), text.replace(" ", "%20"), f"...{text[4:22]}", f'{{"a": "{text}"}}']
    encoded = [b64encode(f"{before}{text}".encode()) for before in ("", "x", "xy")]
    for found in (*(one.encode() for one in spelt), text.encode("utf-16-le"), *encoded):
        assert leaks([text], {"here": found, "there": b"nothing of it"}) == ["here"]


@AT_A_DESK
def test_the_search_for_words_looks_into_the_database_that_the_journey_used(stage, world, kept_log):
    readable = leaks(["amina@example.nhs.uk"], places(kept_log))
    assert any(place.startswith("test.sqlite3") for place in readable)
