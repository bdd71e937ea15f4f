"""The three phases as a blank on paper: the questions of the forms themselves, and nothing of anybody's."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from django import forms

from apps.core.forms import ScaleField, ScaleWidget
from apps.journal.fields import plan_words, split_challenge, value_fields
from apps.journal.forms import ChallengeForm, CopingForm, ValuesForm
from apps.journal.models import MOST_VALUES
from apps.journal.reading import COPING, VALUES_CONNECTION, WORK_CHALLENGE
from apps.values.appraisals import APPRAISALS

ROOM = 2  # lines for the appraisals, of which each has its own field on the screen


@dataclass(frozen=True)
class Blank:
    """One question, and the room for its answer: boxes to tick, a scale to ring a number on, lines to write on."""

    label: str
    hint: str = ""
    boxes: tuple[str, ...] = ()
    scale: ScaleWidget | None = None
    lines: range = range(0)


@dataclass(frozen=True)
class PaperPhase:
    """One of the three phases on paper: its questions in rows, most of one question."""

    key: str
    title: str
    question: str
    rows: tuple[tuple[Blank, ...], ...]


def phases_on_paper() -> tuple[PaperPhase, ...]:
    """All three, each with its questions in the order of its page."""
    return (
        PaperPhase(*WORK_CHALLENGE, tuple(challenge_rows())),
        PaperPhase(*VALUES_CONNECTION, tuple(value_rows())),
        PaperPhase(*COPING, tuple(coping_rows())),
    )


def blanks_of(fields: Mapping[str, forms.Field], *names: str) -> tuple[Blank, ...]:
    """A blank for each of the fields named, or for all."""
    return tuple(blank(fields[name]) for name in names or fields)


def blank(field: forms.Field) -> Blank:
    """The question of a form's field; its hint only where there is something to write."""
    label = str(field.label)
    if isinstance(field, ScaleField):
        return Blank(label, scale=field.widget)
    if isinstance(field, forms.ChoiceField):
        choices = cast("Iterable[tuple[str, str]]", field.choices)
        boxes = tuple(str(text) for value, text in choices if not split_challenge(value)[1])  # a category, no example
        return Blank(label, boxes=boxes)
    return Blank(label, str(field.help_text), lines=range(field.widget.attrs.get("rows", 1)))


def challenge_rows() -> Iterator[tuple[Blank, ...]]:
    """Phase 1."""
    for name, field in ChallengeForm.base_fields.items():
        if name != "version":
            yield (blank(field),)


def value_rows() -> Iterator[tuple[Blank, ...]]:
    """Phase 2, with room for as many values as a reflection holds.

    Paper does not know whether a risk is still open, so an appraisal that looks away from one is never offered on it.
    """
    asked = ValuesForm.base_fields
    yield (Blank(str(asked["values"].label), str(asked["values"].help_text)),)
    for number in range(1, MOST_VALUES + 1):
        name = f"Value {number}"
        yield (Blank(name, lines=range(1)), *blanks_of(value_fields("", name)))
    yield blanks_of(asked, "why_it_matters")
    ways = tuple(appraisal.label for appraisal in APPRAISALS.values() if not appraisal.skip_when_live)
    yield (Blank(ValuesForm.another_way, boxes=ways, lines=range(ROOM)),)
    yield blanks_of(asked, "see_it_now")


def coping_rows() -> Iterator[tuple[Blank, ...]]:
    """Phase 3, with one plan."""
    asked, plan = CopingForm.base_fields, plan_words(1)
    yield blanks_of(asked, "already_helped")
    yield blanks_of(plan, "when-1", "will-1")
    yield blanks_of(plan, "look_back-1") + blanks_of(asked, "supervision", "raise_with")
    yield blanks_of(asked, "strain_after")
    yield blanks_of(asked, "take_forward")
