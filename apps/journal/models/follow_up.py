"""Follow-ups: what somebody answered when they looked back on a plan. Each answer is kept."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from apps.coping.suggest import Record
from apps.core.sealed import SealedTextField
from apps.journal.models.rules import LONGEST_LINE

if TYPE_CHECKING:
    from apps.accounts.models import User

MOST_HELP = 4  # "a lot" on the scale that starts at 0, "not at all"
HELPED_FROM = 2  # the middle of that scale; from here on an answer counts as "helped" in one's own record


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """Which answers a person may see: their own."""

    def owned_by(self, user: "User") -> "FollowUpQuerySet":
        """The answers to the plans in `user`'s reflections."""
        return self.filter(author=user)

    def records(self) -> dict[str, Record]:
        """How often each strategy was tried (done, or partly) and helped (2 or more of 4), by slug; one's own by id."""
        rows = (
            self.exclude(did=FollowUp.Did.NO)
            .exclude(version=None, own_id=None)
            .order_by()
            .values_list("version__strategy__slug", "own_id")
            .annotate(tried=Count("pk"), helped=Count("pk", filter=Q(helped__gte=HELPED_FROM)))
        )
        return {slug or str(own_id): Record(tried=tried, helped=helped) for slug, own_id, tried, helped in rows}


class FollowUp(models.Model):
    """One answer to "Did you do it?" and "Did it help?", with the plan as it read then. Never changed."""

    class Did(models.TextChoices):
        YES = "yes", "Yes"
        PARTLY = "partly", "Partly"
        NO = "no", "No"

    class Then(models.TextChoices):
        KEEP = "keep", "Keep it"
        CHANGE = "change", "Change it"
        DROP = "drop", "I am done with it"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey("Plan", on_delete=models.CASCADE, related_name="follow_ups", db_index=False)
    # Of the plan's reflection, which never changes: one's own record is read on every coping page, through one index.
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()  # from 1; the page says which it asks for, so a double submit makes one
    answered_at = models.DateTimeField(default=timezone.now, editable=False)
    did = models.CharField(max_length=6, choices=Did)
    helped = models.PositiveSmallIntegerField(null=True)  # 0 to 4; None where it was not done
    note = SealedTextField(max_length=LONGEST_LINE)
    then = models.CharField(max_length=6, choices=Then)
    # What was looked back on: the plan may say something else since.
    version = models.ForeignKey("coping.StrategyVersion", on_delete=models.PROTECT, null=True, related_name="+")
    own_id = models.UUIDField(null=True)  # of a strategy of one's own, as in the plan
    when = SealedTextField(max_length=LONGEST_LINE)
    will = SealedTextField(max_length=LONGEST_LINE)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="follow_up_number_is_used_once"),
            models.CheckConstraint(name="follow_up_number_from_1", condition=Q(number__gte=1)),
            models.CheckConstraint(name="follow_up_did_is_known", condition=Q(did__in=["yes", "partly", "no"])),
            models.CheckConstraint(
                name="follow_up_helped_0_to_4", condition=Q(helped__isnull=True) | Q(helped__lte=MOST_HELP)
            ),
            models.CheckConstraint(
                name="follow_up_says_whether_it_helped_if_done",
                condition=Q(did="no", helped__isnull=True) | (~Q(did="no") & Q(helped__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["author", "version", "own_id", "did", "helped"], name="follow_up_record"),
            # In place of the key's own index, and all that the insights read of an answer (0026).
            models.Index(fields=["plan", "number", "version", "own_id", "did", "helped"], name="follow_up_insights"),
        ]
        ordering = ["number"]

    def in_words(self) -> str:
        """Whether it was done, and how much it helped: counts and no judgement."""
        done = {self.Did.YES: "done", self.Did.PARTLY: "partly done", self.Did.NO: "not done"}[self.Did(self.did)]
        return done if self.helped is None else f"{done}, helped {self.helped} out of {MOST_HELP}"
