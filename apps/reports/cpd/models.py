"""A CPD reflective statement: one learning activity in its author's own words. Nobody but its author ever sees it.

It keeps no way back to the reflection it may have begun from (decision 0029).
"""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Max, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from apps.core.paging import after_day, key_of
from apps.core.sealed import SealedTextField
from apps.core.text import LONGEST_TEXT
from apps.reports.cpd.statement import ASKS, DAY, LINKED, WORDS

if TYPE_CHECKING:
    from apps.accounts.models import User

LONGEST_ACTIVITY = 500  # characters
EARLIEST = date(2000, 1, 1)  # before there were PWPs
PAGE = 20  # statements on a page of the record


class OutOfDate(Exception):
    """The statement was changed, or deleted, after the version that this was made from."""


@dataclass(frozen=True)
class Year:
    """A year of somebody's statements, and the nearest other years in which they have some."""

    number: int
    activities: int
    linked: int
    earlier: int | None
    later: int | None


class CpdStatementQuerySet(models.QuerySet["CpdStatement"]):
    """Whose statements a person may see: their own."""

    def owned_by(self, user: "User") -> "CpdStatementQuerySet":
        """The statements that `user` wrote."""
        return self.filter(author=user)

    def of_year(self, year: int) -> "CpdStatementQuerySet":
        """Those whose activity was in this calendar year."""
        return self.filter(done_on__year=year)

    def latest_first(self) -> "CpdStatementQuerySet":
        """By the day of the activity; the id makes the order whole."""
        return self.order_by("-done_on", "-id")

    def page_after(self, key: str) -> tuple[list["CpdStatement"], str]:
        """A page of these from `key` on, with no words but the activity, and the key of the next page, or nothing."""
        rows = self.latest_first().only("done_on", "activity", "linked_to_cbt")
        found = list(after_day(rows, key, day="done_on")[: PAGE + 1])
        shown, more = found[:PAGE], len(found) > PAGE
        return shown, key_of(shown[-1].done_on, shown[-1].pk) if more else ""

    def years(self) -> dict[int, int]:
        """How many there are in each year that has any, the latest first."""
        rows = self.values_list("done_on__year").annotate(number=Count("pk"))
        return dict(rows.order_by("-done_on__year"))

    def count_year(self, year: int) -> Year:
        """How many there are in this year, and where others are; one query."""
        here = Q(done_on__year=year)
        found = self.aggregate(
            activities=Count("pk", filter=here),
            linked=Count("pk", filter=here & Q(linked_to_cbt=True)),
            earlier=Max("done_on", filter=Q(done_on__lt=date(year, 1, 1))),
            later=Min("done_on", filter=Q(done_on__gt=date(year, 12, 31))),
        )
        years = {name: found[name] and found[name].year for name in ("earlier", "later")}
        return Year(year, found["activities"], found["linked"], **years)


class CpdStatement(models.Model):
    """What somebody learned from one activity, as registers ask for it: all sealed but the day and the link to CBT."""

    SAYS = (DAY, *WORDS, LINKED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page_key = models.UUIDField(editable=False)  # of the page it was written on: sent twice, it is made once
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)

    done_on = models.DateField()  # a day as the author's calendar says it, so that a year has no edge to fall over
    activity = SealedTextField(max_length=LONGEST_ACTIVITY)
    learned = SealedTextField(max_length=LONGEST_TEXT)
    principle = SealedTextField(max_length=LONGEST_TEXT)
    changed = SealedTextField(max_length=LONGEST_TEXT)
    evidence = SealedTextField(max_length=LONGEST_TEXT)
    next_step = SealedTextField(max_length=LONGEST_TEXT)
    linked_to_cbt = models.BooleanField(default=False)

    objects = CpdStatementQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["author", "-done_on", "-id", "linked_to_cbt"], name="cpd_record")]

    def __str__(self) -> str:
        return f"CPD statement {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page, which only its author finds."""
        return reverse("reports:cpd_detail", args=[self.pk])

    @property
    def title(self) -> str:
        """What it is called where none of its words stand."""
        return f"CPD statement of {date_format(self.done_on, 'j F Y')}"

    @property
    def says(self) -> dict[str, Any]:
        """All that its author said, by field."""
        return {name: getattr(self, name) for name in self.SAYS}

    @property
    def texts(self) -> list[tuple[str, str, str]]:
        """The field, label and words of each answer there is."""
        said = ((name, label, getattr(self, name)) for name, label in ASKS.labels.items())
        return [(name, label, text) for name, label, text in said if text.strip()]

    def change(self, says: dict[str, Any], *, against: int) -> bool:
        """Let it say something else; the caller holds the row's lock. What it says already is no change.

        Raises OutOfDate unless `against` is the version it has: it was changed elsewhere meanwhile.
        """
        if self.says == says:
            return False
        if self.version != against:
            raise OutOfDate
        for name, value in says.items():
            setattr(self, name, value)
        self.version, self.saved_at = self.version + 1, timezone.now()
        self.save()
        return True
