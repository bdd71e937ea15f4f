"""The pages on which supervision is asked for, agreed to, and used."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from apps.core.forms import Checkboxes, Radios, Words
from apps.supervision.drafting import ASK, PARTS, Choice
from apps.supervision.models import MOST_DAYS, USUAL_DAYS, SharedSummary, SupervisionLink
from apps.supervision.snapshot import Part, Snapshot

WRONG_ADDRESS = "Enter an email address, like name@example.nhs.uk"
WHO = "Choose the supervisor who will read it"
WHICH = "Choose the reflection to make a summary of. It must be complete"
DAYS = f"Enter a number of days from 1 to {MOST_DAYS}"
OPEN_AGAIN = "This page was not sent whole. Copy what you wrote, open the page again and paste it there"
ON_AT_FIRST = ("challenges", "plans")


class InviteForm(forms.Form):
    """Whom to ask."""

    email = forms.EmailField(
        label="Email address",
        help_text="The work address of your supervisor. They need to sign in with it.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages=dict.fromkeys(("required", "invalid"), WRONG_ADDRESS),
    )


class AcceptForm(forms.Form):
    """What the supervisor says when they accept."""

    is_line_manager = forms.BooleanField(
        label="I am also their line manager",
        help_text="They will see this before they share anything. It may matter to what they choose to share.",
        required=False,
    )


def reader_field(links: list[SupervisionLink]) -> forms.ChoiceField:
    """Who will read it: one of the author's own supervisors."""
    field = forms.ChoiceField(
        label="Who will read it?",
        choices=[(str(link.pk), str(link.supervisor)) for link in links],
        widget=Radios(hints={str(link.pk): link.supervisor.email for link in links}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), WHO),
    )
    field.initial = str(links[0].pk) if len(links) == 1 else None
    return field


class StartForm(forms.Form):
    """Of which reflection, for whom, and which parts of it."""

    reflection = forms.ChoiceField(
        label="Which reflection?",
        widget=Radios(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), WHICH),
    )
    parts = forms.MultipleChoiceField(
        label="Which parts?",
        help_text="You can change each text for this reader on the next page, and write what you would like from "
        "supervision. Your reflection does not change.",
        choices=[(key, label) for key, (label, _) in PARTS.items()],
        initial=ON_AT_FIRST,
        widget=Checkboxes(),
        required=False,
        error_messages={"invalid_choice": "Choose parts from the list"},
    )

    def __init__(self, *args: Any, offered: list[Choice], links: list[SupervisionLink], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offered = {str(choice.pk): choice for choice in offered}
        self.links = {str(link.pk): link for link in links}
        which = self.fields["reflection"]
        which.choices = [
            (pk, date_format(timezone.localtime(choice.created_at), "l j F Y, H:i"))
            for pk, choice in self.offered.items()
        ]
        which.widget.hints = {pk: ", ".join(choice.challenges) for pk, choice in self.offered.items()}
        which.initial = next(iter(self.offered)) if len(self.offered) == 1 else None
        self.fields = {"reflection": which, "link": reader_field(links), "parts": self.fields["parts"]}


class EditForm(forms.Form):
    """The texts of a draft for its reader, for how long, and whether it may be printed."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        max_value=2**31 - 1,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), OPEN_AGAIN),
    )
    days = forms.IntegerField(
        label="For how many days can they read it?",
        help_text=f"{USUAL_DAYS} days is usual, and {MOST_DAYS} the most. You can take it back at any time.",
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "nhsuk-input--width-3"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), DAYS),
    )
    may_print = forms.BooleanField(label="They may print it", help_text="Paper cannot be taken back.", required=False)

    def __init__(self, data: Any = None, *, summary: SharedSummary, links: list[SupervisionLink], today: date):
        left = (summary.expires_on - today).days
        first = {"version": summary.version, "days": max(left, 1), "may_print": summary.may_print}
        super().__init__(data, initial=first)
        self.kept, self.links = summary.snapshot, {str(link.pk): link for link in links}
        texts = {f"text-{part.key}": text_field(part) for part in self.kept.parts}
        reader = {"link": reader_field(links)}
        reader["link"].initial = str(summary.link_id)
        self.fields = texts | (reader if len(links) > 1 or summary.link not in links else {}) | self.fields

    @property
    def texts(self) -> list[Any]:
        """The fields of the parts, in their order."""
        return [self[name] for name in self.fields if name.startswith("text-")]

    @property
    def rest(self) -> list[Any]:
        """The other fields that are seen."""
        return [field for field in self.visible_fields() if not field.name.startswith("text-")]

    def snapshot(self) -> Snapshot:
        """What was typed, once the form is valid, and what was said to identify nobody."""
        said = self.cleaned_data
        parts = tuple(Part(part.key, part.label, said[f"text-{part.key}"]) for part in self.kept.parts)
        marks = {found.mark for found in Snapshot(parts).found()}
        return Snapshot(parts, frozenset(marks.intersection(self.data.getlist("decided"))))


def text_field(part: Part) -> Words:
    """One part's text, with as many rows as it is likely to need."""
    rows = min(12, max(3, part.text.count("\n") + len(part.text) // 60 + 1))
    hint = "What you would like to think about together. Write it for this reader." if part.key == ASK.key else ""
    return Words(label=part.label, rows=rows, initial=part.text, help_text=hint)


class AnswerForm(forms.Form):
    """What a supervisor answers."""

    answer = Words(
        label="Your answer",
        help_text="The person who shared this can read it. It is erased with the summary. Leave out names.",
        rows=5,
    )
    discussed = forms.BooleanField(label="We discussed this in supervision", required=False)
