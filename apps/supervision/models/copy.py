"""Copies: that a summary was made into a PDF. What is made of it hangs on its copy and goes with it."""

import uuid

from django.db import models
from django.utils import timezone


class SummaryCopy(models.Model):
    """One for each summary. It is deleted when the summary ends or may no longer be kept (decision 0023)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    summary = models.OneToOneField("SharedSummary", on_delete=models.CASCADE, related_name="copy")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"copy {self.pk}"
