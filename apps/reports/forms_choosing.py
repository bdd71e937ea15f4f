"""What goes into a report that is made from choices. Each form gives them as `asked`, of plain values alone."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from apps.core.forms import DayField, LargePrint, Radios
from apps.insights.ranges import EVIDENCE_WEEKS, USUAL_WEEKS
from apps.reports.content import Asked, pack, period, portfolio
from apps.reports.content.checking import number_of
from apps.reports.content.period import name_of
from apps.reports.content.reflection import MOST_OFFERED, Choice, completed_in
from apps.reports.cpd.models import CpdStatement
from apps.reports.cpd.requirements import BODIES
from apps.reports.cpd.statement import ASKS
from apps.reports.figures import EVIDENCE_SECTIONS, SECTIONS
from apps.reports.forms import NO_PART, several

MOST_YEARS = 10  # of one period summary
OWN_DAYS, NO_REGISTER = "own", "none"
WHEN = "Choose which time to cover"
LATEST = " These are the latest {} of {}. For an older one, choose a shorter time."
MOST_WHOLE = 20  # reflections in one period summary
TOO_MANY = f"Choose {MOST_WHOLE} reflections at most. For more of them, make a portfolio"
ONE_READER = "Choose summaries that you shared with one and the same supervisor"


class ChoosingForm(forms.Form):
    """What all of them ask, ticked as in the report it is `like`; of a portfolio, less than the time `too_long`."""

    is_empty: ClassVar[str] = ""  # said instead of the form where there is nothing to choose
    way_on: ClassVar[tuple[str, str]] = ("", "")  # where there will be something, and what the link says
    large = LargePrint()

    def __init__(self, *args: Any, author: Any, like: Asked, **kwargs: Any):
        super().__init__(*args, initial=dict(like), **kwargs)
        self.author = author
        self.prepare()
        self.order_fields([name for name in self.fields if name != "large"])

    def prepare(self) -> None:
        """Offer what there is to choose from."""

    @property
    def offers(self) -> bool:
        """Whether there is anything to choose from."""
        return True

    @property
    def asked(self) -> Asked:
        """What was chosen, once the form is valid."""
        return {"large": self.cleaned_data["large"]}


def one_of(label: str, wrong: str, **said: Any) -> forms.ChoiceField:
    """Radios."""
    texts = dict.fromkeys(("required", "invalid_choice"), wrong)
    return forms.ChoiceField(label=label, widget=Radios(), error_messages=texts, **said)


class WhenForm(forms.Form):
    """Which time a period summary covers."""

    time = one_of("Which time?", WHEN)
    first = DayField(label="First day", help_text="Only for other days. For example, 1 9 2026.", required=False)
    last = DayField(label="Last day", help_text="Only for other days. For example, 30 11 2026.", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.today = today
        self.times = usual_times(today)
        named = [(key, name) for key, (name, *_) in self.times.items()]
        self.fields["time"].choices = [*named, (OWN_DAYS, "Other days")]

    def clean(self) -> None:
        """Of other days, both, in their order, none to come and not too many."""
        if self.cleaned_data.get("time") == OWN_DAYS and not self.errors:
            for name in ("first", "last"):
                if self.cleaned_data.get(name) is None:
                    self.add_error(name, f"Enter the {name} day")
            if not self.errors and (wrong := what_is_wrong(*self.days, today=self.today)):
                self.add_error(*wrong)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day, once the form is valid."""
        chosen = self.cleaned_data["time"]
        if chosen == OWN_DAYS:
            return self.cleaned_data["first"], self.cleaned_data["last"]
        _, first, last = self.times[chosen]
        return first, last


def what_is_wrong(first: date, last: date, *, today: date) -> tuple[str, str] | None:
    """The field and the sentence for days that no period summary can cover."""
    if first > today:
        return "first", "The first day must be today or in the past"
    if last > today:
        return "last", "The last day must be today or in the past"
    if last < first:
        return "last", "The last day must be the same as or after the first day"
    if (first.year, first.month, first.day) <= (last.year - MOST_YEARS, last.month, last.day):
        return "first", f"Choose {MOST_YEARS} years at most"
    return None


def usual_times(today: date) -> dict[str, tuple[str, date, date]]:
    """This month, quarter and year as far as they have come, and those before them: name, first day, last day.

    Their keys say how long they are too: on 1 January a month, a quarter and a year begin with the same days.
    """
    found = {}
    for months in (1, 3, 12):
        begins = date(today.year, today.month - (today.month - 1) % months, 1)
        ended = begins - timedelta(days=1)
        before = date(ended.year, ended.month - (ended.month - 1) % months, 1)
        found[f"{months}--{begins}--{today}"] = f"{name_of(begins, months)}, so far", begins, today
        found[f"{months}--{before}--{ended}"] = name_of(before, months), before, ended
    return found


class PeriodForm(ChoosingForm):
    """What of a time: sections of counts, and reflections of it, of which none is chosen to start with."""

    sections = several("Which counts?", NO_PART, choices=list(SECTIONS.items()), initial=list(SECTIONS), required=False)
    reflections = several(
        "Which reflections, as a whole?",
        "",
        help_text="With your words in full. You do not need any.",
        required=False,
    )

    def __init__(self, *args: Any, first: date, last: date, **kwargs: Any):
        self.first, self.last = first, last
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        offered = period.offered_in(self.author, self.first, self.last)
        offer(self.fields["reflections"], offered)
        if not offered:
            del self.fields["reflections"]
        elif len(offered) == MOST_OFFERED:
            number = completed_in(self.author, self.first, self.last).count()
            self.fields["reflections"].help_text += LATEST.format(len(offered), number) if number > len(offered) else ""

    def clean(self) -> None:
        """Something, and no more than one PDF holds."""
        chosen = self.cleaned_data.get("reflections", [])
        if not self.errors and not chosen and not self.cleaned_data["sections"]:
            self.add_error("sections", NO_PART)
        if len(chosen) > MOST_WHOLE:
            self.add_error("reflections", TOO_MANY)

    @property
    def asked(self) -> Asked:
        said = {"first": self.first.isoformat(), "last": self.last.isoformat()}
        chosen = sorted(self.cleaned_data.get("reflections", []))
        return super().asked | said | {"sections": self.cleaned_data["sections"], "reflections": chosen}


def offer(field: Any, offered: list[Choice]) -> None:
    """Have `field` choose from these reflections."""
    field.choices = [(str(one.pk), date_format(timezone.localtime(one.created_at), "l j F Y, H:i")) for one in offered]
    field.widget.hints = {str(one.pk): ", ".join(one.challenges) for one in offered}


class EvidenceForm(ChoosingForm):
    """How many weeks, and which counts of them."""

    weeks = one_of("Which time?", WHEN, choices=list(EVIDENCE_WEEKS.items()), initial=USUAL_WEEKS)
    sections = several(
        "Which counts?", NO_PART, choices=list(EVIDENCE_SECTIONS.items()), initial=list(EVIDENCE_SECTIONS)
    )

    @property
    def asked(self) -> Asked:
        today = timezone.localdate().isoformat()
        said = {"weeks": int(self.cleaned_data["weeks"]), "last": today}
        return super().asked | said | {"sections": self.cleaned_data["sections"]}


class SupervisionForm(ChoosingForm):
    """Which summaries, all of them shared with one person: a pack must not show one reader what another was shown.

    It is for the next supervision, so what was discussed already is not chosen to start with.
    """

    is_empty = "Nothing that you shared can be read now. Share a summary or an agenda first."
    way_on = ("supervision:summary_list", "Share with your supervisor")
    summaries = several("What goes into the pack?", NO_PART)

    def prepare(self) -> None:
        self.offered = pack.offered(self.author, now=timezone.now())
        field = self.fields["summaries"]
        field.choices = [(one.pk, one.title) for one in self.offered]
        field.widget.hints = {one.pk: one.hint for one in self.offered}
        waiting = [one for one in self.offered if not one.discussed_on]
        if len({one.reader for one in waiting}) == 1:
            field.initial = [one.pk for one in waiting]

    @property
    def offers(self) -> bool:
        return bool(self.offered)

    def clean_summaries(self) -> list[str]:
        """Of one reader."""
        chosen = self.cleaned_data["summaries"]
        if len({one.reader for one in self.offered if one.pk in chosen}) > 1:
            raise forms.ValidationError(ONE_READER)
        return chosen

    @property
    def asked(self) -> Asked:
        return super().asked | {"summaries": sorted(self.cleaned_data["summaries"])}


class PortfolioForm(ChoosingForm):
    """Everything, or where that is too much a year or less; and which parts."""

    is_empty = "You have no completed reflection yet."
    way_on = ("journal:reflection_list", "See your reflections")
    time = one_of("Which time?", WHEN)
    sections = several(
        "What goes into it?", NO_PART, choices=list(portfolio.CHOICES.items()), initial=list(portfolio.CHOICES)
    )

    def prepare(self) -> None:
        shorter = portfolio.shorter_pieces(self.author, self.initial.get("too_long", ""))
        everything, *others = [*portfolio.pieces(self.author), *shorter]
        self.offered = {one.key: one for one in ([everything, *others] if everything.fits else others)}
        field = self.fields["time"]
        field.choices = [
            (key, f"{one.name} ({number_of(one.reflections, 'reflection')})") for key, one in self.offered.items()
        ]
        before = portfolio.key_of(self.initial) if "first" in self.initial else ""
        keys = [*(one.key for one in shorter), before, *self.offered]
        self.initial["time"] = next((key for key in keys if key in self.offered), None)
        if not everything.fits:
            field.help_text = (
                f"You have {everything.reflections} reflections. One PDF holds up to {portfolio.MOST_REFLECTIONS}, "
                "so make several: they are split by year, or by less where a year is too much."
            )

    @property
    def offers(self) -> bool:
        return bool(self.offered)

    @property
    def asked(self) -> Asked:
        chosen = self.offered[self.cleaned_data["time"]]
        days = {"first": str(chosen.first or ""), "last": str(chosen.last or "")}
        return super().asked | days | {"sections": self.cleaned_data["sections"]}


class RecordForm(ChoosingForm):
    """Which year of one's CPD statements, what of each, and counted against which register's numbers, if any."""

    is_empty = "You have no CPD statement yet."
    way_on = ("reports:cpd_new", "Write a CPD statement")
    year = one_of("Which year?", "Choose a year")
    register = one_of(
        "Show what your register asks?", "Choose whether to show what your register asks", initial=NO_REGISTER
    )
    sections = several("What of each statement?", NO_PART, choices=list(ASKS.labels.items()), initial=list(ASKS.labels))

    def prepare(self) -> None:
        self.offered = CpdStatement.objects.owned_by(self.author).years()
        field = self.fields["year"]
        field.choices = [
            (str(year), f"{year} ({number_of(count, 'statement')})") for year, count in self.offered.items()
        ]
        field.initial = str(next(iter(self.offered), ""))
        registers = [(body.id, f"Yes, {body.name}") for body in BODIES.values()]
        self.fields["register"].choices = [(NO_REGISTER, "No"), *registers]

    @property
    def offers(self) -> bool:
        return bool(self.offered)

    @property
    def asked(self) -> Asked:
        said = {"year": int(self.cleaned_data["year"]), "register": self.cleaned_data["register"]}
        return super().asked | said | {"sections": self.cleaned_data["sections"]}


FORMS = {"evidence": EvidenceForm, "supervision": SupervisionForm, "portfolio": PortfolioForm, "record": RecordForm}
__all__ = ["FORMS", "ChoosingForm", "PeriodForm", "WhenForm", "what_is_wrong"]
