"""How the tests of data rights go about: addresses, and a browser whose person just gave their password again."""

from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD

DELETE, REAUTHENTICATE = reverse("datarights:account_delete"), reverse("account_reauthenticate")
TICKED = {"everything": "on"}


def signed_in(person) -> Client:
    """A browser in which they are signed in."""
    browser = Client()
    browser.force_login(person)
    return browser


def confirmed(person) -> Client:
    """A browser in which they are signed in, and gave their password again just now."""
    browser = signed_in(person)
    browser.post(REAUTHENTICATE, {"password": PASSWORD})
    return browser


def deleted(person):
    """What this person gets who deletes their account."""
    return confirmed(person).post(DELETE, TICKED)
