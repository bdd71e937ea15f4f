"""The form in which an editor writes a version. It holds to the same rules as the content files."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.urls import resolve, reverse
from django.utils.text import slugify

from apps.coping.comparing import ANY_CHALLENGE
from apps.coping.families import FAMILIES
from apps.coping.library import ALL, FIELD_NAMES, STRENGTHS, StrategyContent, read_content
from apps.coping.models import LONGEST_NAME, LONGEST_SUMMARY, Strategy, StrategyVersion
from apps.core.challenges import CATEGORIES
from apps.core.reviewed import ContentError, Table
from apps.core.sources import SOURCES
from apps.core.staff import StaffForm
from apps.core.text import clean_text

CHALLENGES = [(ALL, ANY_CHALLENGE), *((category.id, category.name) for category in CATEGORIES.values())]
EXAMPLES_BY_CHALLENGE = [
    (category.name, [(example.key, example.text) for example in category.examples]) for category in CATEGORIES.values()
]
MOST_MINUTES = 600  # some strategies take a working day


class WordsField(forms.CharField):
    """Text, without characters that no page could show."""

    def clean(self, value: Any) -> Any:
        return clean_text(super().clean(value))


class LinesField(WordsField):
    """A text area with one item a line. Empty lines are left out; a line said twice is refused."""

    def __init__(self, **kwargs: Any):
        super().__init__(widget=forms.Textarea(attrs={"rows": 8, "cols": 90}), max_length=5000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(self.line_of, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[Any]:
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        lines = [line for line in lines if line]
        for line in lines:
            if lines.count(line) > 1:
                raise forms.ValidationError(f"“{line}” is there twice. Take one away")
        return [self.item_of(line) for line in lines]

    def line_of(self, item: Any) -> str:
        """The line that stands for an item."""
        return str(item)

    def item_of(self, line: str) -> Any:
        """The item that a line stands for. Raises ValidationError."""
        return line


class SourcesField(LinesField):
    """Sources, each as its key, a colon, and what it says."""

    def line_of(self, item: Any) -> str:
        return f"{item['key']}: {item['says']}"

    def item_of(self, line: str) -> Any:
        key, colon, says = (part.strip() for part in line.partition(":"))
        if not colon or not says:
            raise forms.ValidationError(f"“{line}” needs a key, a colon and what the source says, such as “E9: ...”")
        if key not in SOURCES:
            raise forms.ValidationError(f"“{key}” is not the key of a source. The keys are {', '.join(SOURCES)}")
        return {"key": key, "says": says}


def choice(choices: Iterable[tuple[str, str]], *, missing: str, **options: Any) -> forms.ChoiceField:
    """One out of a list."""
    choices = [("", "Choose one"), *choices]
    return forms.ChoiceField(choices=choices, error_messages={"required": missing}, **options)


def ticks(choices: Any, **options: Any) -> forms.MultipleChoiceField:
    """Some out of a list of checkboxes."""
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **options)


def whole_minutes(*, label: str, missing: str = "", **options: Any) -> forms.IntegerField:
    """A whole number of minutes."""
    wrong = dict.fromkeys(("invalid", "min_value", "max_value"), f"Enter whole minutes, from 1 to {MOST_MINUTES}")
    says = wrong | ({"required": missing} if missing else {})
    return forms.IntegerField(label=label, min_value=1, max_value=MOST_MINUTES, error_messages=says, **options)


class VersionForm(StaffForm):
    """What a version says, in the order in which people read it."""

    name = WordsField(max_length=LONGEST_NAME, error_messages={"required": "Enter a name"})
    summary = WordsField(
        label="One line",
        max_length=LONGEST_SUMMARY,
        widget=forms.TextInput(attrs={"size": 90}),
        help_text="What it is, in one plain sentence.",
        error_messages={"required": "Enter one line that says what it is"},
    )
    family = choice(((family.id, family.name) for family in FAMILIES.values()), missing="Choose a family")
    minutes = whole_minutes(label="Minutes", missing="Enter how many minutes it takes")
    minutes_max = whole_minutes(label="Minutes at most", required=False, help_text="Only where it can take longer.")
    minutes_for = WordsField(
        label="What the minutes are for", max_length=20, required=False, help_text="Mostly empty. Such as “to prepare”."
    )
    fits = ticks(
        CHALLENGES,
        label="Challenges it fits",
        error_messages={"required": "Choose at least one challenge that it fits"},
    )
    answers = ticks(EXAMPLES_BY_CHALLENGE, label="Examples it answers best", required=False)
    urgent = forms.BooleanField(label="Comes first where there may be a risk now", required=False)
    steps = LinesField(help_text="One step a line, in order.", error_messages={"required": "Enter at least one step"})
    caution = WordsField(
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 90}),
        help_text="When it is not the right thing, and what is.",
    )
    sources = SourcesField(
        help_text="One a line: the source’s key, a colon, and what it says for this. Such as “ours: ...”. "
        "No claim about health without its source.",
        error_messages={"required": "Enter at least one source. Where it is our own idea, its key is “ours”"},
    )
    strength = choice(
        ((strength.id, f"{strength.name}: {strength.meaning}") for strength in STRENGTHS.values()),
        label="How much it rests on",
        missing="Choose how much it rests on",
    )
    of = forms.ModelChoiceField(Strategy.objects.all(), required=False, widget=forms.HiddenInput)  # none: a new one
    seen = forms.CharField(required=False, widget=forms.HiddenInput)  # the digest of what the page was made from

    content: StrategyContent

    class Meta:
        model = StrategyVersion
        fields = list(FIELD_NAMES)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.digest
        if self.initial.get("minutes_max") == self.initial.get("minutes"):
            self.initial["minutes_max"] = None  # or changing the one would ask for changing the other

    @property
    def slug(self) -> str:
        """The address of a new strategy."""
        return slugify(self.cleaned_data["name"])[:60].strip("-")

    def clean(self) -> dict[str, Any]:
        """Hold it to the files' own rules, and to what others did since the page was opened."""
        data = super().clean() or self.cleaned_data
        shortest, longest = data.get("minutes"), data.get("minutes_max")
        if "minutes_max" in data and not longest:
            data["minutes_max"] = shortest
        elif shortest and longest and longest < shortest:
            self.add_error("minutes_max", "Enter no fewer minutes than above, or none")
        if self.instance._state.adding:
            self._refuse_second_draft(data.get("of"))
        else:
            self._refuse_changed_draft(data.get("seen"))
        if not self.errors:
            self._read_content(data)
        return data

    def _read_content(self, data: dict[str, Any]) -> None:
        strategy = self.instance.strategy if self.instance.strategy_id else data["of"]
        newest = strategy.versions.last() if strategy else None
        for name in ("fits", "answers") if newest else ():
            data[name] = in_order_of(getattr(newest, name), data[name])  # the same ticks are no difference
        try:
            self.content = read_content(Table({name: data[name] for name in FIELD_NAMES}, "This version"))
        except ContentError as error:
            self.add_error(None, str(error))

    def _refuse_second_draft(self, strategy: Strategy | None) -> None:
        """Nobody else began one meanwhile; for a new strategy, the address that its name gives is free."""
        if strategy is None:
            Strategy.objects.select_for_update().order_by("pk").first()  # one new name at a time, until it is saved
            if "name" in self.cleaned_data and not is_free(self.slug):
                self.add_error("name", "There is a page with such a name already. Choose another name")
            return
        strategy = Strategy.objects.select_for_update().get(pk=strategy.pk)  # until what is written is saved
        if other := strategy.versions.in_work().first():
            says = f"Version {other.number} is in the works already, by {other.editor or 'somebody who has left'}. "
            self.add_error(None, says + "Yours is not saved. Keep your words, and open that version.")

    def _refuse_changed_draft(self, seen: str | None) -> None:
        """Its draft is still what this page was made from."""
        now = StrategyVersion.objects.select_for_update().get(pk=self.instance.pk)
        if now.state != StrategyVersion.State.DRAFT or now.digest != seen:
            says = "This draft was changed elsewhere since you opened this page. "
            self.add_error(None, says + "Yours is not saved. Keep your words, and open the draft again.")


def in_order_of(before: list[str], chosen: list[str]) -> list[str]:
    """What is chosen, first in the order of `before`."""
    return [key for key in before if key in chosen] + [key for key in chosen if key not in before]


def is_free(slug: str) -> bool:
    """Whether a new strategy can have this address, which no strategy and no other page of the library has."""
    if not slug or Strategy.objects.filter(slug=slug).exists():
        return False
    address = reverse("coping:strategy_detail", args=[slug])
    return resolve(address).view_name == "coping:strategy_detail"
