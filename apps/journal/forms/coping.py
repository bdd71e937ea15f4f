"""Phase 3's page."""

from dataclasses import replace
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from apps.journal.asked import MOST_OTHERS, TIMES
from apps.journal.fields import Words, plan_fields, strain_scale
from apps.journal.forms.phase import PhaseForm
from apps.journal.models import MOST_PLANS, FollowUp, Plan, Reflection
from apps.journal.shelf import Shelf, ground_of


class CopingForm(PhaseForm):
    """Phase 3: what helped already, and what I will do."""

    phases = ("coping",)
    columns = ("already_helped", "supervision", "raise_with", "strain_after", "take_forward")

    already_helped = Words(
        label="What did you already do that helped?", help_text="Even a little. Small things count.", rows=3
    )
    supervision = forms.ChoiceField(
        label="Take it to supervision?",
        choices=Reflection.Supervision,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choose from the list whether to take it to supervision"},
    )
    raise_with = forms.ChoiceField(
        label="Raise it with someone?",
        choices=Reflection.RaiseWith,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choose from the list whether to raise it"},
    )
    strain_after = strain_scale()
    take_forward = Words(label="What do you take forward?", rows=3)

    def add_fields(self) -> None:
        self.plans = {plan.number: plan for plan in self.reflection.plans.all()}
        sent = [number for number in range(1, MOST_PLANS + 1) if self.sent(f"will-{number}")]
        self.numbers = range(1, min(MOST_PLANS, max([self.asked.plans, *self.plans, *sent])) + 1)
        categories, examples = self.reflection.challenge_keys()
        records = FollowUp.objects.owned_by(self.author).records()
        self.shelf = Shelf(
            author=self.author,
            categories=categories,
            examples=examples,
            plans=self.plans.values(),
            records=records,
            sent=[slug for number in self.numbers for slug in self.sent(f"strategy-{number}")],
            asked=self.asked,
        )
        for number in self.numbers:
            self.fields |= plan_fields(number, self.shelf)

    def plan_blocks(self) -> list[tuple[int, BoundField, list[BoundField]]]:
        """The questions of each plan, by its number: which strategy, and the others."""
        names = ("library", "when", "will", "look_back")
        return [
            (number, self[f"strategy-{number}"], [self[f"{name}-{number}"] for name in names])
            for number in self.numbers
        ]

    def ways(self) -> dict[str, Any]:
        """What the buttons under the last plan's suggestions ask for, as `Asked` says it; each saves the page first."""
        plans = self.numbers[-1]
        here = replace(self.asked, plans=plans)
        return {
            "times": [
                (minutes, minutes == here.minutes, here.but(minutes=minutes, others=0)) for minutes in (*TIMES, 0)
            ],
            "others": here.but(others=here.others % MOST_OTHERS + 1),
            "first": here.but(others=0) if here.others else "",
            "another_plan": here.but(plans=plans + 1, others=0) if plans < MOST_PLANS else "",
        }

    def clean(self) -> None:
        for number in self.numbers:
            names = ("library", "strategy", "when", "will")
            said = {name: self.cleaned_data.get(f"{name}-{number}", "") for name in names}
            self.cleaned_data |= {f"strategy-{number}": ground_of(**said), f"library-{number}": ""}

    def stored(self) -> dict[str, Any]:
        held = super().stored()
        for number in self.numbers:
            plan = self.plans.get(number) or Plan(reflection=self.reflection, number=number)
            held |= {
                f"strategy-{number}": self.shelf.choice(plan),
                f"library-{number}": "",
                f"when-{number}": plan.when,
                f"will-{number}": plan.will,
                f"look_back-{number}": plan.look_back,
            }
        return held

    def write_to(self, reflection: Reflection, *, finished: bool) -> None:
        super().write_to(reflection, finished=finished)
        for number in self.numbers:
            reflection.plan(
                number,
                **self.shelf.ground(self.cleaned_data[f"strategy-{number}"]),
                when=self.cleaned_data[f"when-{number}"],
                will=self.cleaned_data[f"will-{number}"],
                look_back=self.cleaned_data[f"look_back-{number}"],
                today=timezone.localdate(),
            )
