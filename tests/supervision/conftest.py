import pytest
from django.test import Client

from tests.factories import make_link, make_summary

pytest.register_assert_rewrite("tests.supervision.acts", "tests.supervision.machine")  # they say what differs


@pytest.fixture
def link(world):
    """Sam supervises Amina."""
    return make_link(world["amina"], world["sam"])


@pytest.fixture
def summary(link):
    """A summary that Amina shared with Sam today."""
    return make_summary(link, ask="How to say no: kingfisher")


@pytest.fixture
def sam(world):
    """A browser in which Sam is signed in."""
    browser = Client()
    browser.force_login(world["sam"])
    return browser
