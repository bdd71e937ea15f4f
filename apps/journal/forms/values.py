"""Phase 2's page."""

import uuid
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from apps.core.forms import Checkboxes
from apps.journal.fields import Words, value_fields
from apps.journal.forms.phase import PhaseForm
from apps.journal.models import LONGEST_LINE, MOST_VALUES, Reflection
from apps.values.appraisals import APPRAISALS, offer
from apps.values.models import ValueCard


class ValuesForm(PhaseForm):
    """Phase 2: which values the moment touches, and how it reads in their light."""

    phases = ("values",)
    columns = ("new_value", "why_it_matters", "see_it_now")
    another_way = "Another way to read it"  # the heading over the appraisals

    values = forms.TypedMultipleChoiceField(
        label="Which of your values does this touch?",
        help_text=f"Choose up to {MOST_VALUES}.",
        coerce=uuid.UUID,
        widget=Checkboxes(),
        required=False,
        error_messages={"invalid_choice": "Choose values from the list"},
    )
    new_value = Words(
        label="Add a value of your own",
        help_text="Optional. A word or two. It becomes a card that only you can see.",
        rows=1,
        most=80,
    )
    why_it_matters = Words(label="Why does that matter to you?", rows=3)
    see_it_now = Words(label="How do you see it now?", help_text="In one sentence.", rows=2, most=LONGEST_LINE)

    def add_fields(self) -> None:
        self.cards = {card.pk: card for card in ValueCard.objects.available_to(self.author)}
        self.touched = {row.card_id: row for row in self.reflection.values.all()}
        self.cards |= {pk: row.card for pk, row in self.touched.items()}  # a retired card stays where it was used
        self.fields["values"].choices = [(str(pk), card.name) for pk, card in self.cards.items()]
        self.fields["values"].widget.hints = {str(pk): card.summary for pk, card in self.cards.items()}
        picked = [pk for pk in self.cards if str(pk) in self.sent("values")]
        self.detailed = list(dict.fromkeys([*self.touched, *picked]))
        self.answers = {row.appraisal: row.text for row in self.reflection.answers.all()}
        categories, examples = self.reflection.challenge_keys()
        fitting = offer(categories, examples)
        self.offered = [*fitting, *(a for a in APPRAISALS.values() if a.id in self.answers and a not in fitting)]
        for pk in self.detailed:
            self.fields |= value_fields(str(pk), self.cards[pk].name)
        value = self.cards[self.detailed[0]].name if self.detailed else ""
        for appraisal in self.offered:
            field = Words(label=appraisal.prompt(value), help_text=appraisal.watch_out, rows=3)
            field.widget.attrs |= {"data-ask": appraisal.prompt("{value}"), "data-ask-first": appraisal.prompt()}
            self.fields[f"appraisal-{appraisal.id}"] = field

    def detail_fields(self) -> list[tuple[str, list[BoundField]]]:
        """What is asked about each chosen value, by the value's name."""
        return [(self.cards[pk].name, [self[f"how-{pk}"], self[f"closeness-{pk}"]]) for pk in self.detailed]

    @property
    def named(self) -> str:
        """The id of the value that the prompts name, or nothing."""
        return str(self.detailed[0]) if self.detailed else ""

    def appraisal_fields(self) -> list[BoundField]:
        """Other ways to read it."""
        return [self[f"appraisal-{appraisal.id}"] for appraisal in self.offered]

    def blank_detail(self) -> "BlankDetail":
        """The same questions for no value yet; the page's script copies them when a value is ticked."""
        return BlankDetail()

    def clean(self) -> None:
        """Take a value of one's own that is on the list already, as after a double submit, for its tick."""
        new = self.cleaned_data.get("new_value", "").strip().casefold()
        same = [pk for pk, row in self.touched.items() if row.card.is_own and row.card.name.casefold() == new]
        if new and same and "values" in self.cleaned_data:
            self.cleaned_data["values"] = list(dict.fromkeys([*self.cleaned_data["values"], *same]))
            self.cleaned_data["new_value"] = ""

    def clean_values(self) -> list[uuid.UUID]:
        values = self.cleaned_data["values"]
        if len(values) > MOST_VALUES:
            raise forms.ValidationError(
                f"Choose up to {MOST_VALUES} values. You have chosen {len(values)}, so untick some"
            )
        return values

    def stored(self) -> dict[str, Any]:
        held = super().stored() | {"values": list(self.touched)}
        for pk in self.detailed:
            row = self.touched.get(pk)
            held[f"how-{pk}"] = row.how_it_fared() if row else []
            held[f"closeness-{pk}"] = row.closeness if row else None
        return held | {f"appraisal-{a.id}": self.answers.get(a.id, "") for a in self.offered}

    def write_to(self, reflection: Reflection, *, finished: bool) -> None:
        super().write_to(reflection, finished=finished)
        said = {
            pk: (self.cleaned_data[f"how-{pk}"], self.cleaned_data[f"closeness-{pk}"])
            for pk in self.cleaned_data["values"]
        }
        own = reflection.new_value.strip()
        if finished and own and len(said) < MOST_VALUES:
            said[ValueCard.objects.own_card(self.author, own).pk] = ([], None)
            reflection.new_value = ""
        reflection.touch_values(said)
        reflection.answer({a.id: self.cleaned_data[f"appraisal-{a.id}"] for a in self.offered})


class BlankDetail(forms.Form):
    """What is asked about one value, with the placeholder `__card__` for its id."""

    def __init__(self) -> None:
        super().__init__()
        self.fields |= value_fields("__card__", "__name__")
