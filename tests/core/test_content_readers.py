"""A mistake in a content file stops the start, and says where it is."""

import pytest

from apps.core.challenges import CHALLENGES_FILE, read_categories
from apps.core.reviewed import ContentError, read
from apps.core.sources import SOURCES_FILE, read_sources


def changed(folder, file, old, new):
    """A copy of `file` with one thing changed."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    path = folder / file.name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('locus = "C"', 'locus = "X"', "category 1, examples 1: “locus” should be one of C, S, O, not X"),
        ('key = "close-to-my-life"', 'key = "account-of-abuse"', "the example “account-of-abuse” is there twice"),
        ('sources = ["L2", "L3", "L8", "L15"]', "sources = []", "category 1: “sources” should be a list of texts"),
        ('sources = ["L2", "L3", "L8", "L15"]', "sources = [2]", "category 1: “sources” should be a list of texts"),
        ('sources = ["L2"', 'sources = ["L99"', "L99 is not one of them"),
        ("live = true", "alive = true", "“alive” is not a key that is known here"),
        (
            'summary = "The feelings',
            'summary = " The feelings',
            "“summary” should be a text, with no space at its ends",
        ),
        ("[[category]]\nid", "[[kategory]]\nid", "“kategory” is not a key that is known here"),
    ],
)
def test_read_categories_names_what_is_wrong(tmp_path, old, new, complaint):
    with pytest.raises(ContentError) as raised:
        read_categories(changed(tmp_path, CHALLENGES_FILE, old, new))
    assert str(raised.value).startswith("challenges.toml")
    assert complaint in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('kind = "survey"', 'kind = "rumour"', "sources.toml, L1: “kind” should be one of account"),
        ('link = "https://pubmed', 'link = "http://pubmed', "“link” should be an address that begins with https://"),
        ('reading = "We read the abstract and', 'read = "We read the abstract and', "P1: “reading” should be a text"),
        ("[P1]", 'stray = "text"\n[P1]', "“stray” is not a key that is known here"),
    ],
)
def test_read_sources_names_what_is_wrong(tmp_path, old, new, complaint):
    with pytest.raises(ContentError) as raised:
        read_sources(changed(tmp_path, SOURCES_FILE, old, new))
    assert complaint in str(raised.value)


def test_read_sources_refuses_what_is_no_table(tmp_path):
    path = tmp_path / "sources.toml"
    path.write_text('stray = "text"\n', encoding="utf-8")
    with pytest.raises(ContentError, match=r"sources.toml: “stray” should be a table"):
        read_sources(path)


@pytest.mark.parametrize("text", ["things = []", "things = [1]"])
def test_tables_refuses_a_list_without_tables(tmp_path, text):
    path = tmp_path / "things.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=r"things.toml: “things” should be a list of tables"):
        read(path).tables("things")


def test_read_refuses_a_file_in_another_encoding(tmp_path):
    path = tmp_path / "things.toml"
    path.write_bytes('name = "’"'.encode("utf-16"))
    with pytest.raises(ContentError, match=r"things.toml: "):
        read(path)
