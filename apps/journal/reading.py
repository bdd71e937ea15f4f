"""A reflection as it is read: frozen plain values that feed the check page, the reading page and the PDF alike."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from apps.core.challenges import CATEGORIES
from apps.journal.feelings import FEELINGS
from apps.journal.models import FollowUp, Plan, Reflection
from apps.journal.models.plan import in_words
from apps.values.appraisals import APPRAISALS

# Of each phase its key, also the last part of its address; its title; and the question it asks.
WORK_CHALLENGE = ("challenge", "Work challenge", "What?")
VALUES_CONNECTION = ("values", "Values connection", "So what?")
COPING = ("coping", "Coping", "Now what?")


@dataclass(frozen=True)
class Row:
    """One question and its answer: paragraphs, or the items of a list."""

    key: str  # the id of the field that holds it, for a link that leads there
    label: str
    lines: tuple[str, ...]
    is_list: bool = False
    words: str = ""  # what in it the author wrote, rather than chose
    looked_back: str = ""  # what of it the author wrote when looking back
    cards: tuple[tuple[uuid.UUID, str], ...] = ()  # of a list of values: the card of each item, and its name

    @property
    def items(self) -> tuple[tuple[uuid.UUID | None, str, str], ...]:
        """The items of a list: the value card if it is about one, the card's name, and all that follows it."""
        cards = self.cards or ((None, ""),) * len(self.lines)
        return tuple(
            (card, name, line.removeprefix(name)) for line, (card, name) in zip(self.lines, cards, strict=True)
        )


@dataclass(frozen=True)
class Phase:
    """One of the three phases, with the answers given in it."""

    key: str
    title: str
    question: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Reading:
    """A whole reflection, as its author reads it."""

    kind: str
    created_at: datetime
    completed_at: datetime | None
    phases: tuple[Phase, ...]


def read(reflection: Reflection) -> Reading:
    """`reflection` as plain values; fetch it with `.whole()` to keep the number of queries constant."""
    return Reading(
        kind=reflection.get_kind_display(),
        created_at=reflection.created_at,
        completed_at=reflection.completed_at,
        phases=(
            Phase(*WORK_CHALLENGE, answered(challenge_rows(reflection))),
            Phase(*VALUES_CONNECTION, answered(value_rows(reflection))),
            Phase(*COPING, answered(coping_rows(reflection))),
        ),
    )


def answered(rows: Iterator[Row]) -> tuple[Row, ...]:
    """The rows that say anything."""
    return tuple(row for row in rows if any(row.lines))


def text_row(key: str, label: str, text: str) -> Row:
    """A free text, paragraph by paragraph."""
    return Row(f"id_{key}", label, tuple(text.splitlines()), words=text)


def scale_row(key: str, label: str, value: int | None) -> Row:
    """An answer on the scale of 0 to 10."""
    return Row(f"id_{key}_0", label, () if value is None else (f"{value} out of 10",))


def challenge_rows(reflection: Reflection) -> Iterator[Row]:
    """Phase 1."""
    names = dict(FEELINGS)
    feelings = tuple(names[key] for key in reflection.feeling_keys if key in names)
    yield Row("id_happened_0", "When was this?", (reflection.get_happened_display(),))
    yield Row("id_challenges_0", "What kind of challenge was it?", tuple(challenge_lines(reflection)), is_list=True)
    yield text_row("what_happened", "What happened?", reflection.what_happened)
    yield Row("id_feelings_0", "Feelings", feelings, is_list=True)
    yield text_row("noticed", "What did you notice in yourself?", reflection.noticed)
    yield scale_row("strain_before", "Strain before", reflection.strain_before)


def challenge_lines(reflection: Reflection) -> Iterator[str]:
    """Each chosen category with its chosen examples."""
    categories, examples = reflection.challenge_keys()
    for category in CATEGORIES.values():
        if category.id in categories:
            texts = [example.text for example in category.examples if example.key in examples]
            yield f"{category.name}: {'; '.join(texts)}" if texts else category.name


def value_rows(reflection: Reflection) -> Iterator[Row]:
    """Phase 2."""
    values = reflection.values.all()
    own = "\n".join(row.card.name for row in values if row.card.is_own)
    lines, cards = tuple(value_line(row) for row in values), tuple((row.card_id, row.card.name) for row in values)
    yield Row("id_values_0", "Values", lines, is_list=True, words=own, cards=cards)
    yield text_row("new_value", "A value of your own, not added yet", reflection.new_value)
    yield text_row("why_it_matters", "Why does that matter to you?", reflection.why_it_matters)
    name = values[0].card.name if values else ""
    for answer in reflection.answers.all():
        if answer.appraisal in APPRAISALS:
            yield text_row(f"appraisal-{answer.appraisal}", APPRAISALS[answer.appraisal].prompt(name), answer.text)
    yield text_row("see_it_now", "How do you see it now?", reflection.see_it_now)


def value_line(row) -> str:
    """A value, how it fared, and how close it feels."""
    fared = " and ".join(name.replace("_", " ") for name in row.how_it_fared())
    close = "" if row.closeness is None else f"closeness {row.closeness} out of 10"
    details = ", ".join(part for part in (fared, close) if part)
    return f"{row.card.name} ({details})" if details else row.card.name


def coping_rows(reflection: Reflection) -> Iterator[Row]:
    """Phase 3."""
    yield text_row("already_helped", "What did you already do that helped?", reflection.already_helped)
    plans = reflection.plans.all()
    for plan in plans:
        label = "Your plan" if len(plans) == 1 else f"Plan {plan.number}"
        words = "\n".join((plan.when, plan.will, plan.own_name))
        back = "\n".join(text for one in plan.follow_ups.all() for text in (one.when, one.will, one.note) if text)
        yield Row(f"id_when-{plan.number}", label, tuple(plan_lines(plan)), words=words, looked_back=back)
    if reflection.supervision != Reflection.Supervision.NO:
        yield Row("id_supervision_0", "Take it to supervision?", (reflection.get_supervision_display(),))
    if reflection.raise_with != Reflection.RaiseWith.NO:
        yield Row("id_raise_with_0", "Raise it with someone?", (reflection.get_raise_with_display(),))
    yield scale_row("strain_after", "Strain after", reflection.strain_after)
    yield text_row("take_forward", "What do you take forward?", reflection.take_forward)


def plan_lines(plan: Plan) -> Iterator[str]:
    """A plan in words: what to do when, by which strategy, and the day to look back."""
    yield plan.in_words()
    if plan.strategy_name:
        yield f"Strategy: {plan.strategy_name}"
    for follow_up in plan.follow_ups.all():
        yield from follow_up_lines(follow_up, plan)
    if plan.looked_back_at:
        return
    if plan.look_back_on:
        yield f"Look back on {plan.look_back_on:%-d %B %Y}"
    elif plan.look_back:
        yield plan.get_look_back_display()


def follow_up_lines(follow_up: FollowUp, plan: Plan) -> Iterator[str]:
    """What was answered when looking back on `plan`, and how the plan read then if it reads otherwise now."""
    yield f"Looked back on {timezone.localdate(follow_up.answered_at):%-d %B %Y}: {follow_up.in_words()}"
    if (follow_up.when, follow_up.will) != (plan.when, plan.will):
        yield f"The plan was then: {in_words(follow_up.when, follow_up.will)}"
    if follow_up.note:
        yield follow_up.note
