"""The pieces of a page are what NHS.UK's own macros draw."""

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string

from tests.core.test_forms_oracle import dom, macro


def ours(component, **context):
    """Our drawing of a component."""
    return dom(render_to_string(f"components/{component}.html", context))


def test_tag_is_drawn_as_the_macro_draws_it():
    assert ours("tag", text="Draft", colour="grey") == dom(macro("tag", "tag", text="Draft", colour="grey"))
    assert ours("tag", text="New") == dom(macro("tag", "tag", text="New"))


@pytest.mark.parametrize("variant", ["", "secondary", "warning"])
def test_button_link_is_drawn_as_the_macro_draws_it(variant):
    expected = macro("button", "button", text="Start", href="/new/", variant=variant)
    assert ours("button_link", text="Start", href="/new/", variant=variant) == dom(expected)


def test_inset_text_is_drawn_as_the_macro_draws_it():
    assert ours("inset_text", text="Only you") == dom(macro("inset-text", "insetText", html="<p>Only you</p>"))


@pytest.mark.parametrize(("newer", "older"), [("/n", ""), ("", "/o"), ("/n", "/o")])
def test_pagination_is_drawn_as_the_macro_draws_it(newer, older):
    ways = {"previous": newer and {"href": newer, "text": "Newest"}, "next": older and {"href": older, "text": "Older"}}
    expected = macro("pagination", "pagination", **{name: way for name, way in ways.items() if way})
    assert ours("pagination", newer=newer, older=older) == dom(expected)


def test_pagination_of_a_single_page_draws_nothing():
    assert ours("pagination", newer="", older="") == []


def test_breadcrumb_is_drawn_as_the_macro_draws_it():
    expected = macro(
        "breadcrumb", "breadcrumb", items=[{"href": "/", "text": "Home"}], href="/journal/", text="Your reflections"
    )
    assert ours("breadcrumb", href="/journal/", text="Your reflections") == dom(expected)


def test_breadcrumb_one_step_below_home_leads_home():
    assert ours("breadcrumb", href="", text="") == dom(macro("breadcrumb", "breadcrumb", href="/", text="Home"))


@pytest.mark.parametrize(
    ("level", "variant", "role"),
    [
        (constants.SUCCESS, "success", "alert"),
        (constants.INFO, "", "region"),
        (constants.WARNING, "", "region"),
        (constants.ERROR, "", "alert"),
    ],
)
def test_message_is_drawn_as_the_macro_draws_it(level, variant, role):
    expected = macro(
        "notification-banner",
        "notificationBanner",
        text="Saved & kept",
        variant=variant,
        role=role,
        titleId="nhsuk-notification-banner-title-1",
    )
    assert ours("messages", messages=[Message(level, "Saved & kept")]) == dom(expected)
