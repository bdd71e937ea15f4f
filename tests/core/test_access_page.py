"""The roles-and-access page of the governance documents says what the access table says."""

from pathlib import Path

from django.core.management import call_command

from apps.core.access import Shows, Who
from apps.core.management.commands.access_table import SHOWN, plain

PAGE = Path(__file__).parents[2] / "docs" / "governance" / "access.md"


def printed(capsys):
    call_command("access_table")
    return capsys.readouterr().out


def test_access_page_is_the_one_that_the_access_table_gives(capsys):
    assert PAGE.read_text(encoding="utf-8").endswith("\n\n" + printed(capsys)), (
        "docs/governance/access.md is not what `./dev manage access_table` prints: put that below its introduction."
    )


def test_access_page_has_every_address_once_under_the_role_that_it_answers(capsys, settings):
    tables = printed(capsys)
    assert tables.count("\n| `/") == len(settings.ACCESS)
    assert [line.removeprefix("## ") for line in tables.splitlines() if line.startswith("#")] == [
        who.value for who in Who
    ]
    readers = tables.split(f"## {Who.READER.value}\n")[1].split("\n## ")[0]
    assert "| `/supervision/<id>/` | summary | read | " in readers
    assert "/journal/" not in readers


def test_access_page_has_plain_words_for_whatever_a_line_may_show():
    assert set(SHOWN) == set(Shows)


def test_access_page_writes_an_address_without_what_only_a_computer_reads():
    assert plain(r"/accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$") == (
        "/accounts/password/reset/key/<id>-<key>/"
    )
    assert plain("/journal/<uuid:pk>/") == "/journal/<id>/"
