"""The pages on which supervision is asked for, agreed to, and used."""

from datetime import date, timedelta
from typing import Any

from django import forms

from apps.accounts.adapter import hold_to_domains
from apps.core.forms import Checkboxes, LargePrint, Radios, Words
from apps.supervision.drafting import ASK
from apps.supervision.models import MOST_DAYS, USUAL_DAYS, SharedSummary, SupervisionLink
from apps.supervision.snapshot import Part, Snapshot

WRONG_ADDRESS = "Enter an email address, like name@example.nhs.uk"
WHO = "Choose the supervisor who will read it"
DAYS = f"Enter a number of days from 1 to {MOST_DAYS}"
OPEN_AGAIN = "This page was not sent whole. Copy what you wrote, open the page again and paste it there"


class InviteForm(forms.Form):
    """Whom to ask."""

    email = forms.EmailField(
        label="Email address",
        max_length=254,
        help_text="The work address of your supervisor. They need to sign in with it.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages=dict.fromkeys(("required", "invalid", "max_length"), WRONG_ADDRESS),
    )

    def clean_email(self) -> str:
        """An address that may sign up here, whether or not it has an account: the answer must not tell which."""
        email: str = self.cleaned_data["email"]
        hold_to_domains(email)
        return email


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
        widget=Radios(hints={str(link.pk): link.supervisor.email for link in links if link.supervisor.name}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), WHO),
    )
    field.initial = str(links[0].pk) if len(links) == 1 else None
    return field


class EditForm(forms.Form):
    """The texts of a draft for its reader, for how long, and whether it may be printed or kept."""

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
    may_print = forms.BooleanField(
        label="They may print it or keep it as a PDF",
        help_text="What they print or keep cannot be taken back.",
        required=False,
    )

    def __init__(self, data: Any = None, *, summary: SharedSummary, links: list[SupervisionLink], today: date):
        left = (summary.expires_on - today).days
        first = {"version": summary.version, "days": max(left, 1), "may_print": summary.may_print}
        super().__init__(data, initial=first)
        self.kept, self.links = summary.snapshot, {str(link.pk): link for link in links}
        texts = {f"text-{part.key}": text_field(part) for part in self.kept.parts}
        reader = {"link": reader_field(links)}
        reader["link"].initial = str(summary.link_id)
        to_choose = links and (len(links) > 1 or summary.link not in links)  # with nobody left, words are still kept
        self.fields = texts | (reader if to_choose else {}) | self.fields

    @property
    def texts(self) -> list[Any]:
        """The fields of the parts, in their order."""
        return [self[name] for name in self.fields if name.startswith("text-")]

    @property
    def rest(self) -> list[Any]:
        """The other fields that are seen."""
        return [field for field in self.visible_fields() if not field.name.startswith("text-")]

    def typed(self, name: str) -> str:
        """One text as it is kept, or as it was sent where it cannot be."""
        said = {} if self.errors is None else self.cleaned_data  # asking for errors is what cleans
        return said.get(name, self[name].value() or "")

    def snapshot(self) -> Snapshot:
        """What was typed, right or not, and what was said to identify nobody; where nothing was sent, what is kept."""
        if not self.is_bound:
            return self.kept
        parts = tuple(Part(part.key, part.label, self.typed(f"text-{part.key}")) for part in self.kept.parts)
        marks = {found.mark for found in Snapshot(parts).found()}
        return Snapshot(parts, frozenset(marks.intersection(self.data.getlist("decided"))))


def text_field(part: Part) -> Words:
    """One part's text, with as many rows as it is likely to need."""
    rows = min(12, max(3, part.text.count("\n") + len(part.text) // 60 + 1))
    hint = "What you would like to think about together. Write it for this reader." if part.key == ASK.key else ""
    return Words(label=part.label, rows=rows, initial=part.text, help_text=hint)


class SoonerForm(forms.Form):
    """In how many days the last day comes, where that is sooner: a button for each."""

    CHOICES = ((0, "End it after today"), (7, "End it in 7 days"))
    days = forms.TypedChoiceField(choices=CHOICES, coerce=int)

    @classmethod
    def offered(cls, summary: SharedSummary, *, today: date) -> list[tuple[int, str]]:
        """The choices that would bring its last day forward."""
        return [(days, label) for days, label in cls.CHOICES if today + timedelta(days=days) < summary.expires_on]


class AnswerForm(forms.Form):
    """What a supervisor answers, and what was discussed: the whole summary, or items of an agenda."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        max_value=2**31 - 1,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), OPEN_AGAIN),
    )
    answer = Words(
        label="Your answer",
        help_text="The person who shared this can read it. It is erased with the summary. Leave out names.",
        rows=5,
    )
    discussed = forms.BooleanField(label="We discussed this in supervision", required=False)
    items = forms.TypedMultipleChoiceField(
        label="What did you discuss in supervision?",
        help_text="What you leave out can be carried over to the next agenda.",
        coerce=int,
        widget=Checkboxes(),
        required=False,
        error_messages={"invalid_choice": "Choose items from the list"},
    )

    def __init__(self, data: Any = None, *, summary: SharedSummary, opened: bool):
        """`opened`: whether a receipt says that its reader sees the summary too; else nothing of it is named."""
        sources = list(summary.sources.all())
        first = {"version": summary.answer_version, "answer": summary.answer}
        first |= {"discussed": summary.discussed_at is not None}
        super().__init__(data, initial=first | {"items": [one.position for one in sources if one.discussed_at]})
        labels = {part.position: part.label for part in summary.snapshot.parts} if opened else {}
        self.fields["items"].choices = [
            (one.position, labels.get(one.position, f"Item {one.position}")) for one in sources if summary.is_agenda
        ]
        del self.fields["discussed" if summary.is_agenda else "items"]

    def said(self) -> dict[str, Any]:
        """What was answered, once the form is valid, as the action takes it."""
        said = {"seen": self.cleaned_data["version"], "text": self.cleaned_data["answer"]}
        if "items" not in self.fields:
            return said | {"discussed": self.cleaned_data["discussed"]}
        items = frozenset(self.cleaned_data["items"])
        return said | {"discussed": bool(items), "items": items}


class KeepForm(forms.Form):
    """How a summary goes on its reader's paper."""

    large = LargePrint()
