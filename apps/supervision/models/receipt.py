"""Receipts: each time a supervisor opened a summary. Never changed; its author reads them."""

import uuid

from django.db import models
from django.utils import timezone


class Receipt(models.Model):
    """One opening of a summary by the one person it was shared with, kept before a word was shown."""

    class How(models.TextChoices):
        PAGE = "page", "on the page"
        PDF = "pdf", "as a PDF"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    summary = models.ForeignKey("SharedSummary", on_delete=models.CASCADE, related_name="receipts")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    how = models.CharField(max_length=4, choices=How, default=How.PAGE)

    class Meta:
        indexes = [models.Index(fields=["summary", "-opened_at"], name="receipt_list")]

    def __str__(self) -> str:
        return f"receipt {self.pk}"
