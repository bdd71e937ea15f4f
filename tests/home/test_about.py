from pathlib import Path

import pytest

from tests.accounts.pages import heading_of, text_of

TESTS = Path(__file__).parents[1]
OPEN_PAGES = {
    "/about/": "About Keel",
    "/privacy/": "Privacy",
    "/accessibility/": "Accessibility statement",
}


@pytest.mark.parametrize(("address", "heading"), OPEN_PAGES.items())
def test_open_page_has_its_heading_signed_out_and_signed_in(client, world, address, heading):
    assert heading_of(client.get(address)) == heading
    client.force_login(world["amina"])
    assert heading_of(client.get(address)) == heading


@pytest.mark.parametrize("address", OPEN_PAGES)
def test_open_page_says_whom_to_ask(client, db, settings, address):
    settings.CONTACT_EMAIL = "ask@example.nhs.uk"
    assert 'href="mailto:ask@example.nhs.uk"' in client.get(address).content.decode()


def test_about_cites_the_paper_and_says_what_is_ours(client, db):
    page = client.get("/about/")
    words = text_of(page)
    assert 'href="https://doi.org/10.1017/S1352465823000334"' in page.content.decode()
    assert "Vivolo, Owen and Fisher (2024)" in words
    assert "Only the three phases and their order are the paper’s" in words


def test_about_claims_no_effect(client, db):
    words = text_of(client.get("/about/"))
    assert "Keel itself has not been tested" in words
    assert "We do not say that it prevents burnout" in words
    for claim in ("proven", "evidence-based", "clinically", "effective", "improves", "reduces"):
        assert claim not in words.casefold()


@pytest.mark.parametrize(
    "said",
    [
        "No names, initials, dates, places, ages, employers",
        "Administrators, library editors, managers and other practitioners have no page",
        "encrypted before it is stored",
        "Whoever operates the running service and also holds its keys could read",
        "A court, a coroner or a subject access request may reach stored text",
        "cannot be called back",
        "It is not the same as the lawful basis",
        "Information Commissioner’s Office",
        "A supervisor sees the summaries you share with them, and nothing else",
        "Nobody watches Keel",
        "A report is erased 24 hours after it is made",
        "how long ago the moment happened",
        "when you began, saved and completed a reflection, whether it is a draft, and whether it is quick or full",
        "whether a value was lived or stepped on, and which other ways to read the moment you answered",
        "whether you did them, and how much they helped",
    ],
)
def test_privacy_says_each_honest_limit(client, db, said):
    assert said in text_of(client.get("/privacy/"))


@pytest.mark.parametrize("claim", ["anonymous", "guarantee", "impossible", "100%", "cannot be hacked", "end-to-end"])
def test_privacy_promises_no_more_than_holds(client, db, claim):
    assert claim not in text_of(client.get("/privacy/")).casefold()


def test_accessibility_statement_says_what_was_not_tested_and_claims_no_audit(client, db):
    words = text_of(client.get("/accessibility/"))
    assert "What we did not test" in words
    assert "Nobody independent has audited it" in words
    assert "fully" not in words


def test_accessibility_statement_claims_only_tests_that_are_there(client, db):
    tested = text_of(client.get("/accessibility/")).partition("What we tested")[2].partition("What we did not test")[0]
    tests = {
        "keyboard": "journeys/test_other_ways_to_use_it.py",
        "without JavaScript": "journeys/test_without_javascript.py",
        "axe-core": "journeys/page_rules.py",
        "PDF/UA-1": "reports/test_pdf.py",
    }
    assert "axe-core" in tested
    assert [claim for claim, path in tests.items() if claim in tested and not (TESTS / path).exists()] == []


def test_start_page_promises_privacy_in_keel_and_no_further(amina):
    assert "Only you can read what you write in Keel." in text_of(amina.get("/journal/new/"))


def test_readme_claims_no_more_than_holds():
    readme = (TESTS.parent / "README.md").read_text(encoding="utf-8")
    assert "Only its author can read a reflection in Keel" in readme
    assert "aims at WCAG 2.2 AA" in readme
    assert "0006-words-stay-in-the-page" in readme  # the limit of what is kept
    for claim in ("Only the person", "never lost", "Never lose", "e-mail"):
        assert claim not in readme
