"""Reading the strategies' files: what is wrong is named with its file and key."""

import pytest

from apps.coping.families import read_families
from apps.coping.library import ALL, STRATEGIES_FOLDER, read_strategies, read_strategy, read_strengths
from apps.core.reviewed import ContentError

RESET = (STRATEGIES_FOLDER / "s01-reset-minute.toml").read_text(encoding="utf-8")


def write(folder, text, name="s01-reset-minute.toml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_read_strategy_gives_what_the_file_says(tmp_path):
    strategy = read_strategy(write(tmp_path, RESET))
    assert (strategy.code, strategy.slug, strategy.content.name) == ("S01", "reset-minute", "Reset minute")
    assert (strategy.content.minutes, strategy.content.minutes_max) == (2, 2)
    assert strategy.content.steps[0] == "Take off your headset and stand up."
    assert strategy.content.sources[0]["key"] == "E9"
    assert not strategy.content.urgent


def test_read_strategy_lets_a_strategy_fit_all_and_some_above_all():
    (support,) = [file for file in read_strategies() if file.code == "S40"]
    assert support.content.fits == [ALL, "C1", "C2", "C11"]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('name = "Reset minute"', "", "“name” should be a text"),
        ('name = "Reset minute"', 'name = " "', "“name” should be a text"),
        ("minutes = 2", 'minutes = "2"', "“minutes” should be a whole number"),
        ("minutes = 2", "minutes = true", "“minutes” should be a whole number"),
        ("minutes = 2", "minutes = 0", "“minutes” should be a whole number from 1"),
        ("minutes = 2", "minutes = 2\nminutes_max = 1", "“minutes_max” should be no less"),
        ("minutes = 2", "minutes = 2\nurgent = 1", "“urgent” should be true or false"),
        ('"C1", "C3"', '"C1", "C13"', "“fits” should be a list out of all, C1"),
        ('"C1", "C3"', '"C1", "C1"', "“fits” should be a list in which nothing is said twice"),
        ('"back-to-back", ', '"back-to-front", ', "back-to-front is not one of them"),
        ('family = "reset-between-sessions"', 'family = "resets"', "“family” should be one of reset-between-sessions"),
        ('strength = "trial"', 'strength = "strong"', "“strength” should be one of trial, study"),
        ('key = "E9"', 'key = "E99"', "sources 1: “key” should be one of"),
        ("steps = [", 'stepz = "x"\nsteps = [', "“stepz” is not a key that is known here"),
        ('says = "', 'sayz = "', "sources 1: “says” should be a text"),
        ('[[sources]]\nkey = "E9"', '[sources]\nkey = "E9"', "“sources” should be a list of tables"),
        ("minutes = 2", "minutes = ", "s01-reset-minute.toml: "),
    ],
)
def test_read_strategy_names_the_file_and_the_key_that_is_wrong(tmp_path, old, new, complaint):
    assert old in RESET
    path = write(tmp_path, RESET.replace(old, new, 1))
    with pytest.raises(ContentError) as raised:
        read_strategy(path)
    assert str(raised.value).startswith("s01-reset-minute.toml")
    assert complaint in str(raised.value)


def test_read_strategy_refuses_a_file_whose_name_is_not_its_own(tmp_path):
    with pytest.raises(ContentError, match=r"s07-kind-words.toml: “slug”"):
        read_strategy(write(tmp_path, RESET, name="s07-kind-words.toml"))


def test_read_strategies_refuses_the_same_code_twice(tmp_path):
    write(tmp_path, RESET)
    write(tmp_path, RESET.replace('slug = "reset-minute"', 'slug = "again"'), name="s01-again.toml")
    with pytest.raises(ContentError, match="two files have the code “S01”"):
        read_strategies(tmp_path)


@pytest.mark.parametrize("reader", [read_families, read_strengths])
def test_read_families_and_strengths_name_a_file_that_is_missing(tmp_path, reader):
    with pytest.raises(ContentError, match=r"missing.toml"):
        reader(tmp_path / "missing.toml")
