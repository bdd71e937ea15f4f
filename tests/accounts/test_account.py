"""Your account: who you are here, and what the audit says to you."""

import pytest
from django.urls import reverse

from apps.accounts.events import PAGE, WORDS
from apps.accounts.models import User
from apps.core import audit
from apps.core.models import Act
from tests.accounts.pages import heading_of, last_mail_to, text_of

ACCOUNT, NAME = reverse("accounts:account"), reverse("accounts:account_name")


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


# --- One's name ---


def test_account_name_is_said_on_the_account_and_to_whom_i_invite(amina, world):
    assert f'href="{NAME}"' in amina.get(ACCOUNT).content.decode()
    page = amina.get(NAME)
    assert heading_of(page) == "Change your name"
    assert page.context["form"]["your_name"].value() == "Amina"
    assert "People you share with see it. You can leave it empty." in text_of(page)
    answer = amina.post(NAME, {"your_name": "  Amina\tBello-O’Neill  "}, follow=True)
    assert "Saved. People you share with see your name." in text_of(answer)
    assert User.objects.get(pk=world["amina"].pk).name == "Amina Bello-O’Neill"
    assert User.objects.get(pk=world["ben"].pk).name == "Ben"
    amina.post(reverse("supervision:link_list"), {"email": "nia@example.nhs.uk"})
    assert "Amina Bello-O’Neill asks you" in last_mail_to("nia@example.nhs.uk").body


def test_account_name_can_be_taken_away_and_the_address_stands_for_it(amina, world):
    answer = amina.post(NAME, {"your_name": " "}, follow=True)
    assert "Saved. People you share with see your email address alone." in text_of(answer)
    assert "Name No name given" in text_of(answer)
    assert str(User.objects.get(pk=world["amina"].pk)) == "amina@example.nhs.uk"


@pytest.mark.parametrize(
    "name", ["sam@example.nhs.uk", "See https://evil.example", "www.evil.example", "<b>", "x" * 81]
)
def test_account_name_that_is_an_address_or_too_long_is_refused_and_comes_back(name, amina, world):
    page = amina.post(NAME, {"your_name": name})
    assert "Enter a name with" in text_of(page)
    assert page.context["form"]["your_name"].value() == name
    assert User.objects.get(pk=world["amina"].pk).name == "Amina"


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
