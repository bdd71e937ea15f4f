"""Your account: who you are here, and what the audit says to you."""

import pytest
from django.urls import reverse

from apps.accounts.events import PAGE, WORDS
from apps.core import audit
from apps.core.models import Act
from tests.accounts.pages import text_of

ACCOUNT = reverse("accounts:account")


@pytest.fixture
def shared(world):
    """Amina shared with Sam, who opened it; Ben shared with Sam too."""
    audit.record(Act.SUMMARY_SHARED, by=world["amina"], other=world["sam"])
    audit.record(Act.SUMMARY_OPENED, by=world["sam"], other=world["amina"])
    audit.record(Act.SUMMARY_TAKEN_BACK, by=world["ben"], other=world["sam"])


def test_account_says_who_i_am_and_where_to_change_it(amina):
    words = text_of(amina.get(ACCOUNT))
    assert "Amina" in words
    assert "amina@example.nhs.uk" in words
    assert "There is nothing here yet" in words


def test_account_shows_each_side_its_own_sentence_newest_first_and_nobody_elses(amina, shared, world):
    words = text_of(amina.get(ACCOUNT))
    assert words.index("Your supervisor opened a summary") < words.index("You shared a summary")
    assert "took back" not in words  # Ben's
    amina.force_login(world["sam"])
    words = text_of(amina.get(ACCOUNT))
    assert "A summary was taken back from you" in words
    assert "You opened a summary shared with you" in words
    for name in ("Amina", "Ben"):
        assert name not in words


def test_account_pages_are_cut_by_key_and_lead_through_every_event_once(amina, world, django_assert_num_queries):
    for act in Act:  # each twice, so that every sentence is read
        audit.record(act, by=world["amina"], other=world["sam"])
        audit.record(act, by=None, other=world["amina"])
    with django_assert_num_queries(3):
        page = amina.get(ACCOUNT)
    read = [line.words for line in page.context["lines"]]
    assert len(read) == PAGE
    with django_assert_num_queries(4):
        page = amina.get(ACCOUNT + page.context["older"])
    read += [line.words for line in page.context["lines"]]
    assert page.context["newer"]
    assert read == [words for act in reversed(Act) for words in reversed(WORDS[act])]
    assert page.context["older"] == "", "38 events are two pages"


def test_account_with_the_key_of_an_event_that_is_not_mine_shows_the_first_page(amina, shared, world):
    bens = audit.record(Act.SUMMARY_SHARED, by=world["ben"])
    first = amina.get(ACCOUNT).context["lines"]
    for key in (bens.hash, "nonsense", "\0"):
        assert amina.get(ACCOUNT, {"before": key}).context["lines"] == first
