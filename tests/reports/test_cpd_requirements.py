"""What registers ask: each with a day and a source, as domain.md gives it; a mistake in the file stops the start."""

from datetime import date

import pytest
from django.utils import timezone

from apps.core.reviewed import ContentError
from apps.core.sources import SOURCES
from apps.reports.cpd.requirements import BODIES, REQUIREMENTS_FILE, in_words, read_bodies
from tests.core.test_content_readers import changed


def test_each_register_asks_what_domain_md_says():
    asked = {body.id: (body.activities, body.linked, body.hours) for body in BODIES.values()}
    assert asked == {"babcp": (5, 4, 6), "bps": (5, 3, 0)}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_each_register_has_the_day_it_was_read_on_a_source_with_a_link_and_says_to_check(body):
    assert date(2026, 1, 1) <= body.noted_on <= timezone.localdate()
    assert body.source is SOURCES[body.source.key]
    assert body.source.link.startswith("https://")
    assert body.check == "Check the current year’s requirements with them."


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("noted_on = 2026-11-26", "", "body 1: “noted_on” should be a day, such as 2026-11-26"),
        ("noted_on = 2026-11-26", 'noted_on = "last year"', "“noted_on” should be a day"),
        ('source = "R1"', "", "body 1: “source” should be a text"),
        ('source = "R1"', 'source = "R99"', "R99"),
        ('source = "R1"', 'source = "L16"', "body 1: “source” should be a source with a link"),
        ("activities = 5", "activities = 0", "“activities” should be a whole number from 1 upwards"),
        ("linked = 4", "linked = 6", "“linked” should be no more than “activities”"),
        ("hours = 6", "hour = 6", "“hour” is not a key that is known here"),
        ("check = ", "chek = ", "“check” should be a text"),
    ],
)
def test_read_bodies_names_what_is_wrong(tmp_path, old, new, complaint):
    with pytest.raises(ContentError) as raised:
        read_bodies(changed(tmp_path, REQUIREMENTS_FILE, old, new))
    assert str(raised.value).startswith("requirements.toml")
    assert complaint in str(raised.value)


@pytest.mark.parametrize(
    ("activities", "linked", "register", "words"),
    [
        (0, 0, None, "0 activities, 0 linked to CBT"),
        (1, 1, None, "1 activity, 1 linked to CBT"),
        (5, 4, "babcp", "5 of 5 activities, 4 of 4 linked to CBT"),
        (6, 4, "babcp", "6 (they ask for 5) activities, 4 of 4 linked to CBT"),
        (0, 0, "bps", "0 of 5 activities, 0 of 3 linked to CBT"),
    ],
)
def test_counts_are_said_as_text_and_nothing_is_praised(activities, linked, register, words):
    assert in_words(activities, linked, BODIES.get(register)) == words
