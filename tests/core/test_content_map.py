"""docs/content.md says what the content files say."""

from pathlib import Path

from django.core.management import call_command

CONTENT_MAP = Path(__file__).parents[2] / "docs" / "content.md"


def test_content_map_is_the_one_that_the_files_give(capsys):
    call_command("content_map")
    assert CONTENT_MAP.read_text(encoding="utf-8").endswith("\n\n" + capsys.readouterr().out)
