"""What no key on the ring opens keeps nobody from ending it, or from leaving."""

import pytest
from django.utils import timezone

from apps.core.sealed import Sealed
from apps.datarights.actions import delete_account
from apps.supervision.models import SharedSummary
from tests.factories import answer
from tests.supervision.pages import page_of, text_of


@pytest.mark.parametrize("field", ["words", "answer", "agreement"])
def test_summary_detail_whose_words_no_key_opens_still_ends_it(amina, summary, field):
    answer(summary, "wagtail")
    break_seal(summary, field)
    page = amina.get(page_of(summary))
    assert (page.status_code, "cannot be opened now" in text_of(page)) == (200, True)
    assert "Taken back." in text_of(amina.post(page_of(summary, "take_back"), follow=True))


def test_account_whose_authors_agreement_no_key_opens_can_be_closed(sam, summary):
    break_seal(summary, "agreement")
    delete_account(by=summary.link.supervisor, now=timezone.now())
    summary.refresh_from_db()
    assert summary.agreement.startswith("An account that is closed")


def break_seal(summary, field):
    """As a key that was lost would leave it."""
    [stored] = SharedSummary.objects.filter(pk=summary.pk).values_list(field, flat=True)
    SharedSummary.objects.filter(pk=summary.pk).update(
        **{field: Sealed(stored.data[:-1] + bytes([stored.data[-1] ^ 1]))}
    )
