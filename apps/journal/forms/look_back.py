"""The page for looking back on a plan."""

from typing import Any

from django import forms
from django.utils.functional import cached_property

from apps.core import identifiers
from apps.core.forms import Radios, ScaleField
from apps.journal.fields import Words
from apps.journal.models import LONGEST_LINE, MOST_HELP, FollowUp, Plan

DAYS_AHEAD = [choice for choice in Plan.LookBack.choices if choice[0] in Plan.DAYS]


class LookBackForm(forms.Form):
    """Did you do it, did it help, a line about it, and what becomes of the plan."""

    number = forms.CharField(widget=forms.HiddenInput, required=False)
    did = forms.ChoiceField(
        label="Did you do it?",
        choices=FollowUp.Did,
        widget=Radios(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select whether you did it"),
    )
    helped = ScaleField(
        label="Did it help?",
        help_text="If you did it, or part of it.",
        low="Not at all",
        high="A lot",
        highest=MOST_HELP,
        required=False,
    )
    note = Words(
        label="What did you notice?",
        help_text="Optional. Leave out anything that could identify a client.",
        rows=2,
        most=LONGEST_LINE,
    )
    then = forms.ChoiceField(
        label="What now?",
        choices=[(step, step.label) for step in (FollowUp.Then.KEEP, FollowUp.Then.DROP, FollowUp.Then.CHANGE)],
        widget=Radios(
            hints={
                FollowUp.Then.KEEP: "The plan stays as it is.",
                FollowUp.Then.CHANGE: "Another when, or another act.",
                FollowUp.Then.DROP: "It moves to the plans that are done.",
            },
        ),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select what becomes of the plan"),
    )
    when = Words(label="When", rows=2, most=LONGEST_LINE)
    will = Words(label="I will", rows=2, most=LONGEST_LINE)
    look_back = forms.ChoiceField(
        label="When would you like to look back on it again?",
        help_text="If you keep it or change it.",
        choices=DAYS_AHEAD,
        widget=Radios(),
        required=False,
        error_messages={"invalid_choice": "Select a day from the list"},
    )
    looked = forms.CharField(required=False)  # what was shown to the author, who ticked that it identifies nobody

    def __init__(self, data: Any = None, *, plan: Plan):
        self.plan = plan
        super().__init__(data or None, initial={"number": plan.next_answer(), "when": plan.when, "will": plan.will})

    @property
    def answering(self) -> int:
        """The number of the answer that the page asked for; 0, which never is, when the browser sent none."""
        sent = str(self.data.get("number", ""))
        return int(sent) if sent.isdecimal() and sent.isascii() and len(sent) < 6 else 0

    def clean(self) -> None:
        """What is asked only after some answers, and no new words that would be lost."""
        said = self.cleaned_data
        if said.get("did") == FollowUp.Did.NO:
            said["helped"] = None
        elif said.get("did") and said.get("helped") is None and "helped" not in self.errors:
            self.add_error("helped", f"Say how much it helped, from 0 to {MOST_HELP}")
        then = said.get("then")
        if then in (FollowUp.Then.KEEP, FollowUp.Then.CHANGE) and not said.get("look_back", "-"):
            self.add_error("look_back", "Select when to look back on it again")
        if "when" in said and "will" in said:
            self.check_words(then)
        if self.found and said.get("looked") != self.shown:
            self.add_error("looked", "Look at what may identify someone, then change it or tick that it does not")

    def check_words(self, then: str | None) -> None:
        """New words are for a changed plan, and say both when and what."""
        if then == FollowUp.Then.CHANGE:
            for name, what in (("when", "Say when you will do it"), ("will", "Say what you will do")):
                if not self.cleaned_data[name].strip():
                    self.add_error(name, what)
        elif then and self.words != (self.plan.when, self.plan.will):
            self.add_error("then", "You wrote new words. Select “Change it” to keep them, or put the old words back")

    @cached_property
    def found(self) -> list[tuple[str, str, identifiers.Quote]]:
        """What in the new words may identify somebody: the field's id and label, and where it stands in it."""
        kept = {"note": "", "when": self.plan.when, "will": self.plan.will}
        said = {name: self.cleaned_data.get(name, "") if self.is_bound else "" for name in kept}
        return [
            (self[name].auto_id, self[name].label, quote)
            for name, text in said.items()
            if text != kept[name]
            for quote in identifiers.quotes(text)
        ]

    @property
    def shown(self) -> str:
        """All that was found, as one line: a tick counts for exactly this, and not for what is written after it."""
        return "; ".join(" ".join(quote.words.split()) for *_, quote in self.found)

    @property
    def words(self) -> tuple[str, str]:
        """The plan as the page says it."""
        return self.cleaned_data["when"], self.cleaned_data["will"]

    @property
    def answer(self) -> dict[str, Any]:
        """What the answer says."""
        return {name: self.cleaned_data[name] for name in ("did", "helped", "note", "then")}

    @property
    def next_step(self) -> dict[str, Any]:
        """The plan's words from now on, and when to look back on it again."""
        return {name: self.cleaned_data[name] for name in ("when", "will", "look_back")}

    def is_kept(self) -> bool:
        """Whether this very answer is there already: the button was pressed twice."""
        kept = next((row for row in self.plan.follow_ups.all() if row.number == self.answering), None)
        return (
            kept is not None
            and self.errors.keys() <= {"looked"}  # what is kept was looked at
            and all(getattr(kept, name) == said for name, said in self.answer.items())
            and (kept.then == FollowUp.Then.DROP or self.words == (self.plan.when, self.plan.will))
        )
