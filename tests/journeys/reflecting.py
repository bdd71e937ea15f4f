"""The phases of a reflection as Amina answers them, and what the server then holds of it."""

from typing import Any

from apps.journal.models import Reflection
from tests.journeys.person import Person

HAPPENED = "Six contacts before lunch and the whimbrel call came last"
NOTICED = "Jaw tight as a curlew in frost"
MATTERS = "People deserve my dunlin patience, not the clock's"
ANOTHER_WAY = "A godwit colleague would say the diary did this"
SEE_IT_NOW = "Tired because of turnstone numbers, not careless"
HELPED = "Two plover minutes at the window"
WHEN = "my sandpiper call before lunch ends"
WILL = "stand beside the oystercatcher print"
FORWARD = "One knot of it is mine, the rest is the lapwing rota"
STRAIN = "How much strain do you feel right now?"


def start(person: Person, kind: str = "Full reflection") -> None:
    """From Home to the first page of a new draft."""
    person.opens("/", "Home")
    person.presses("Start a reflection")
    person.sees("Start a reflection")
    person.chooses(kind, to="How would you like to reflect?")
    person.presses("Start")


def answer_challenge(person: Person) -> None:
    """Phase 1."""
    person.sees("Work challenge")
    person.chooses("Today", to="When was this?")
    person.ticks("Volume, pace and targets", to="What kind of challenge was it?")
    person.ticks("My contacts were back to back", to="What kind of challenge was it?")
    person.writes("What happened?", HAPPENED)
    person.ticks("Tense", "Tired", to="Feelings")
    person.writes("What did you notice in yourself?", NOTICED)
    person.rates(STRAIN, 7)


def answer_values(person: Person) -> None:
    """Phase 2."""
    person.sees("Values connection")
    person.reads(HAPPENED)
    person.ticks("Compassion", to="Which of your values does this touch?")
    person.ticks("It was lived", "It was stepped on", to="Compassion: how did it fare?")
    person.rates("Compassion: how close do you feel to it right now?", 6)
    person.writes("Why does that matter to you?", MATTERS)
    person.writes("How do you see it now?", SEE_IT_NOW)


def answer_coping(person: Person) -> None:
    """Phase 3."""
    person.sees("Coping")
    person.reads(HAPPENED, SEE_IT_NOW)
    person.writes("What did you already do that helped?", HELPED)
    person.chooses("Reset minute", to="Strategies that may fit")
    person.writes("When", WHEN)
    person.writes("I will", WILL)
    person.chooses("In 3 days", to="When would you like to look back on it?")
    person.chooses("Yes, in case management", to="Take it to supervision?")
    person.chooses("Yes, with my line manager", to="Raise it with someone?")
    person.rates(STRAIN, 4)
    person.writes("What do you take forward?", FORWARD)


def is_kept(reflection: Reflection, **answers: Any) -> bool:
    """Whether the server holds these answers, read afresh."""
    row = Reflection.objects.get(pk=reflection.pk)
    return all(getattr(row, name) == answer for name, answer in answers.items())


def waits_until_kept(person: Person, reflection: Reflection, **answers: Any) -> None:
    """Wait until the server holds these answers and the page says so."""
    person.waits_until(lambda: is_kept(reflection, **answers), f"the server to have {answers}")
    person.is_told("Saved ")
