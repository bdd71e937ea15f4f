from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from apps.core.reviewed import ContentError
from apps.home import checks, support
from apps.home.support import read_support
from tests.accounts.pages import heading_of, text_of

EMERGENCY = (
    '[[routes]]\nname = "Emergency"\nwhen = "Life at risk."\nhow = "Call 999."\nphone = "999"\nemergency = true\n'
)


@pytest.fixture
def support_file(settings, tmp_path):
    """Writes the file that the service uses; what was read before is forgotten."""

    def write(text: str):
        settings.SUPPORT_FILE = tmp_path / "support.toml"
        settings.SUPPORT_FILE.write_text(text, encoding="utf-8")
        support.support.cache_clear()
        return settings.SUPPORT_FILE

    yield write
    support.support.cache_clear()


@pytest.fixture
def at_a_service(settings):
    """As a service runs, not one machine."""
    settings.EMBEDDED = False


@pytest.fixture
def today(time_machine):
    """A day in May."""
    time_machine.move_to("2026-05-20 12:00+00:00")
    return date(2026, 5, 20)


def said() -> list[str]:
    """The ids of what the check says."""
    return [message.id for message in checks.support_file_is_sound(None)]


# --- The page ---------------------------------------------------------------------------------------------------------


def test_support_page_opens_signed_out_without_a_question_to_the_database(client):
    page = client.get(reverse("home:support"))  # no db fixture: the page must not need one
    assert page.status_code == 200
    assert heading_of(page) == "Need support now"


def test_support_page_opens_signed_in(amina):
    assert heading_of(amina.get("/support/")) == "Need support now"


def test_support_page_lists_the_national_lines_in_their_order(client):
    words = text_of(client.get("/support/"))
    places = [
        words.index(line)
        for line in (
            "Call 999",
            "Call 111 and choose option 2",
            "Call 116 123",
            "Text SHOUT to 85258",
            "At your service",
        )
    ]
    assert places == sorted(places)
    assert words.index("Tell someone you trust") > places[-1]
    assert words.index("When work is too much for now") > words.index("Tell someone you trust")


def test_support_page_does_not_list_the_closed_staff_line(client):
    assert "0300 131 7000" not in text_of(client.get("/support/"))


def test_support_page_says_that_nobody_watches_and_when_it_was_checked(client):
    words = text_of(client.get("/support/"))
    assert "Nobody watches Keel" in words
    assert "Keel cannot get help to you" in words
    assert f"last checked on {support.support().last_checked:%-d %B %Y}" in words


def test_support_page_gives_a_message_to_copy_and_sends_nothing(client):
    page = client.get("/support/").content.decode().split("<main")[1]
    assert "readonly" in page
    assert "<form" not in page.split("</main>")[0]


def test_support_page_dials_with_the_digits_alone(client):
    assert 'href="tel:116123"' in client.get("/support/").content.decode()


def test_support_page_shows_the_local_routes_that_are_filled_in_and_lists_the_rest_to_look_up(client, support_file):
    support_file(
        f"last_checked = 2026-05-01\n{EMERGENCY}"
        '[[local]]\nname = "Occupational health"\nwhen = "Work hurts."\nhow = "Ring 01632 960001, 9 to 5."\n'
        '[[local]]\nname = "Chaplaincy"\nwhen = "To talk."\nhow = ""\n'
    )
    words = text_of(client.get("/support/"))
    assert "Work hurts. Ring 01632 960001, 9 to 5." in words
    assert (
        "Your service has not said here how to reach these. Ask a colleague, or look on your intranet. Chaplaincy"
        in words
    )


def test_support_page_without_a_date_says_that_nobody_checked(client, support_file):
    support_file(EMERGENCY)
    assert "Nobody has checked these ways to get help for this service yet" in text_of(client.get("/support/"))


def test_support_page_shows_what_the_file_says_and_runs_none_of_it(client, support_file):
    support_file(EMERGENCY.replace("Life at risk.", "<script>alert(1)</script> {{ 7|add:7 }}"))
    page = client.get("/support/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7|add:7 }}" in page


# --- The check at the start -------------------------------------------------------------------------------------------


def test_support_check_is_content_with_the_file_that_comes_with_keel(time_machine):
    time_machine.move_to(support.support().last_checked)
    assert said() == []


@pytest.mark.parametrize(
    ("last_checked", "goes_stale_on"),
    [
        ("2026-05-20", "2026-11-20"),
        ("2027-09-15", "2028-03-15"),  # over a leap day
        ("2027-08-31", "2028-02-29"),  # a shorter month ends it, in a leap year
        ("2026-08-31", "2027-02-28"),  # and in another
        ("2028-02-29", "2028-08-29"),  # checked on a leap day
    ],
)
def test_support_check_warns_from_the_day_six_months_later(support_file, time_machine, last_checked, goes_stale_on):
    support_file(f"last_checked = {last_checked}\n{EMERGENCY}")
    day = datetime.fromisoformat(f"{goes_stale_on} 00:00+00:00").replace(tzinfo=ZoneInfo("Europe/London"))
    time_machine.move_to(day - timedelta(minutes=1), tick=False)
    assert said() == []
    time_machine.move_to(day, tick=False)
    assert said() == ["home.W004"]


def test_support_check_warns_of_a_day_to_come(support_file, today):
    support_file(f"last_checked = 2026-05-21\n{EMERGENCY}")
    assert said() == ["home.W003"]


def test_support_check_without_a_date_warns_on_one_machine_and_is_an_error_at_a_service(support_file, settings):
    support_file(EMERGENCY)
    (warning,) = checks.support_file_is_sound(None)
    assert not warning.is_serious()
    settings.EMBEDDED = False
    (error,) = checks.support_file_is_sound(None)
    assert error.is_serious()
    assert "set last_checked to that day" in error.msg


def test_support_check_at_a_service_names_the_local_routes_that_are_missing(support_file, at_a_service, today):
    support_file(f'last_checked = 2026-05-01\n{EMERGENCY}[[local]]\nname = "Chaplaincy"\nwhen = "To talk."\nhow = ""\n')
    (warning,) = checks.support_file_is_sound(None)
    assert warning.id == "home.W005"
    assert "Chaplaincy" in warning.msg
    assert "Write in `how` the number" in warning.hint


def test_support_file_that_comes_with_keel_offers_each_local_route_to_fill_in():
    local = support.support().local
    assert [route.name for route in local] == [
        "Occupational health",
        "Employee assistance programme",
        "Staff wellbeing hub",
        "Chaplaincy",
        "Duty senior or on-call supervisor",
        "Freedom to Speak Up Guardian",
        "Trade union rep",
    ]
    assert not any(route.how for route in local)  # a number here would be a guess


def test_start_of_a_service_without_a_date_stops_with_a_sentence(support_file, at_a_service):
    support_file(EMERGENCY)
    with pytest.raises(SystemExit, match=r"Keel cannot start\.\n.* does not say when it was checked"):
        checks.stop_where_nobody_is_helped()


def test_start_of_a_service_with_a_stale_date_goes_on_and_logs_what_to_do(support_file, at_a_service, caplog):
    file = support_file(f"last_checked = 2020-01-01\n{EMERGENCY}")
    checks.stop_where_nobody_is_helped()
    assert caplog.messages == [f"{file} was last checked six months ago or more. {checks.CHECK_AGAIN} (home.W004)"]
    assert "set last_checked to that day" in checks.CHECK_AGAIN


def test_start_on_one_machine_without_a_date_goes_on_and_logs_nothing(support_file, caplog):
    support_file(EMERGENCY)
    checks.stop_where_nobody_is_helped()
    assert caplog.messages == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("last_checked = \n", "support.toml: Invalid value"),
        ("", "“routes” should be a list of tables"),
        (EMERGENCY.replace("emergency = true", ""), "no route is for an emergency"),
        (f'last_checked = "2026-05-01"\n{EMERGENCY}', "“last_checked” should be a day without quotes"),
        (f"last_checked = 2026-05-01T10:00:00Z\n{EMERGENCY}", "“last_checked” should be a day without quotes"),
        (EMERGENCY.replace("how =", "howw ="), "routes 1: “howw” is not a key that is known here"),
        (EMERGENCY.replace('phone = "999"', "phone = 999"), "routes 1: “phone” should be a text"),
        (EMERGENCY.replace('when = "Life at risk."\n', ""), "routes 1: “when” should be a text"),
        (EMERGENCY.replace("emergency = true", 'emergency = "yes"'), "routes 1: “emergency” should be true or false"),
        (f"lokal = 1\n{EMERGENCY}", "“lokal” is not a key that is known here"),
        (f"local = 1\n{EMERGENCY}", "“local” should be a list of tables"),
    ],
)
def test_support_file_that_is_wrong_says_what_to_mend_and_stops_every_start(support_file, at_a_service, text, sentence):
    file = support_file(text)
    with pytest.raises(ContentError, match=sentence):
        read_support(file)
    assert said() == ["home.E001"]
    with pytest.raises(SystemExit, match=sentence):
        checks.stop_where_nobody_is_helped()


def test_support_file_that_is_missing_says_so(tmp_path):
    with pytest.raises(ContentError, match="No such file"):
        read_support(tmp_path / "nowhere.toml")


def test_support_file_that_is_not_text_says_so(support_file, tmp_path):
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ContentError, match=r"bytes\.toml"):
        read_support(tmp_path / "bytes.toml")
