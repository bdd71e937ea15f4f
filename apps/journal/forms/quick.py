"""Quick capture: all three phases on one page, one tap and one sentence each."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone

from apps.core.challenges import CATEGORIES
from apps.journal.fields import Words, plan_fields, strain_scale
from apps.journal.forms.phase import PhaseForm
from apps.journal.models import LONGEST_LINE, FollowUp, Plan, Reflection
from apps.journal.shelf import RESETS, Shelf, ground_of
from apps.values.models import ValueCard


class QuickForm(PhaseForm):
    """A few fields of each phase. What the full pages added stays: one tap adds, it never takes away."""

    phases = ("challenge", "values", "coping")
    columns = ("what_happened", "strain_before", "see_it_now")

    challenge = forms.ChoiceField(
        label="What kind of challenge was it?",
        choices=[(category.id, category.name) for category in CATEGORIES.values()],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choose the kind of challenge from the list"},
    )
    what_happened = Words(
        label="What happened?", help_text="One sentence. Leave out anything that could identify a client.", rows=2
    )
    strain_before = strain_scale()
    value = forms.TypedChoiceField(
        label="Which of your values does this touch?",
        coerce=uuid.UUID,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "Choose a value from the list"},
    )
    see_it_now = Words(label="How do you see it now?", help_text="In one sentence.", rows=2, most=LONGEST_LINE)

    def add_fields(self) -> None:
        cards = {card.pk: card.name for card in ValueCard.objects.available_to(self.author)}
        cards |= {row.card_id: row.card.name for row in self.reflection.values.all()}  # a retired one stays
        self.fields["value"].choices = [("", "Choose a value"), *((str(pk), name) for pk, name in cards.items())]
        self.plan = next((plan for plan in self.reflection.plans.all() if plan.number == 1), None)
        categories, examples = self.reflection.challenge_keys()
        self.shelf = Shelf(
            author=self.author,
            categories=categories,
            examples=examples,
            plans=[self.plan] if self.plan else [],
            records=FollowUp.objects.owned_by(self.author).records(),
            sent=self.sent("strategy-1"),
            always=RESETS,
        )
        fields = plan_fields(1, self.shelf)
        self.fields |= {name: fields[name] for name in ("strategy-1", "when-1", "will-1")}

    def clean(self) -> None:
        said = {name: self.cleaned_data.get(f"{name}-1", "") for name in ("strategy", "when", "will")}
        self.cleaned_data["strategy-1"] = ground_of(**said)

    def stored(self) -> dict[str, Any]:
        plan = self.plan or Plan(reflection=self.reflection, number=1)
        categories = [row.category for row in self.reflection.challenges.all()]
        cards = [row.card_id for row in self.reflection.values.all()]
        return super().stored() | {
            "challenge": next(iter(categories), ""),
            "value": next(iter(cards), None),
            "strategy-1": self.shelf.choice(plan),
            "when-1": plan.when,
            "will-1": plan.will,
        }

    def write_to(self, reflection: Reflection, *, finished: bool) -> None:
        super().write_to(reflection, finished=finished)
        said = self.cleaned_data
        before = self.stored()
        if said["challenge"] != before["challenge"]:
            pairs = [(row.category, row.example) for row in reflection.challenges.all()]
            kept = [pair for pair in pairs if pair[0] != before["challenge"]]
            reflection.choose_challenges(kept + ([(said["challenge"], "")] if said["challenge"] else []))
        if said["value"] != before["value"]:
            rows = {row.card_id: (row.how_it_fared(), row.closeness) for row in reflection.values.all()}
            rows.pop(before["value"], None)
            reflection.touch_values(({said["value"]: ([], None)} if said["value"] else {}) | rows)
        reflection.plan(
            1,
            **self.shelf.ground(said["strategy-1"]),
            when=said["when-1"],
            will=said["will-1"],
            look_back=self.plan.look_back if self.plan else "",
            today=timezone.localdate(),
        )
