"""What belongs to a reflection besides its plans: challenges, values, and answers to appraisals."""

import uuid

from django.db import models

from apps.core.sealed import SealedTextField
from apps.core.text import LONGEST_TEXT
from apps.journal.models.rules import SavesIfChanged, strain_field, zero_to_ten


class ReflectionChallenge(models.Model):
    """A kind of challenge chosen in phase 1: a category, or one of its examples."""

    reflection = models.ForeignKey("Reflection", on_delete=models.CASCADE, related_name="challenges")
    category = models.CharField(max_length=4)
    example = models.CharField(max_length=60, blank=True)  # empty: the category itself

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reflection", "category", "example"], name="challenge_is_chosen_once")
        ]
        indexes = [models.Index(fields=["category", "reflection"], name="challenge_filter")]
        ordering = ["id"]


class ReflectionValue(SavesIfChanged):
    """A value that the moment touched, in phase 2."""

    reflection = models.ForeignKey("Reflection", on_delete=models.CASCADE, related_name="values", db_index=False)
    card = models.ForeignKey("values.ValueCard", on_delete=models.RESTRICT, related_name="+")
    lived = models.BooleanField(default=False)
    stepped_on = models.BooleanField(default=False)
    closeness = strain_field()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reflection", "card"], name="value_is_chosen_once"),
            zero_to_ten("value_closeness_0_to_10", "closeness"),
        ]
        indexes = [
            # In place of the key's own index, and all that the insights read of a value (0026).
            models.Index(fields=["reflection", "card", "closeness", "lived", "stepped_on"], name="value_insights"),
        ]
        ordering = ["id"]

    def how_it_fared(self) -> list[str]:
        """Lived, stepped on, both or neither, by the names of the fields."""
        return [name for name in ("lived", "stepped_on") if getattr(self, name)]


class AppraisalAnswer(SavesIfChanged):
    """Another way to read the moment, in the author's words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reflection = models.ForeignKey("Reflection", on_delete=models.CASCADE, related_name="answers")
    appraisal = models.CharField(max_length=4)
    text = SealedTextField(max_length=LONGEST_TEXT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reflection", "appraisal"], name="appraisal_is_answered_once")]
        ordering = ["appraisal"]
