"""Whatever somebody sends: no page of accounts breaks, and the rescue page gives every word back."""

import time
import uuid
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.accounts.passwords import core_of, is_a_walk
from tests.accounts.test_rescue import OURS, fields_in

AS_BROWSERS_SEND = "application/x-www-form-urlencoded"
QUICK_SECONDS = 2

# What a browser can send: any character but half ones. Line ends arrive as a browser writes them.
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(
    lambda name: not any(part in name.casefold() for part in ("pass", "pwd", "secret", "token"))
)


@settings(deadline=None)
@given(sent=st.dictionaries(NAMES, st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=6))
def test_rescue_page_gives_back_every_field_as_it_was_sent(sent):
    address = reverse("journal:reflection_challenge", args=[uuid.uuid4()])
    page = Client().post(address, urlencode(sent, doseq=True), content_type=AS_BROWSERS_SEND, headers=OURS)
    assert page.status_code == 401
    found = fields_in(page)
    assert {name: sorted(values) for name, values in found.items()} == {
        name: sorted(values) for name, values in sent.items()
    }


@given(password=WORDS)
def test_password_check_reads_anything(password):
    core_of(password)
    assert is_a_walk(password) in (True, False)


class AnythingSent(TestCase):
    """Each example in a transaction of its own."""

    @settings(deadline=None, max_examples=50)
    @given(address=WORDS, password=WORDS)
    def test_forms_of_accounts_never_break(self, address, password):
        for name in ("account_login", "account_signup", "account_reset_password"):
            fields = {"login": address, "email": address, "password": password, "password1": password}
            assert self.client.post(reverse(name), fields).status_code in (200, 302, 429)

    @settings(deadline=None, max_examples=50)
    @given(query=WORDS)
    def test_sign_up_with_any_query_never_breaks(self, query):
        address = reverse("account_signup", query={"invitation": query, "email": query, "next": query})
        assert self.client.get(address).status_code == 200


@pytest.mark.parametrize("size", [10_000, 100_000])
@pytest.mark.parametrize("password", ["a", "ab", "aab", "password"])
def test_password_check_of_a_very_long_password_is_quick(password, size):
    began = time.monotonic()
    Client().post(reverse("account_signup"), {"email": "", "password1": (password * size)[:size] + "!x"})
    assert time.monotonic() - began < QUICK_SECONDS
