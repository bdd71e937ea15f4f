"""Rows that belong to no app in particular."""

from django.db import models


class KeyCheck(models.Model):
    """Known bytes, sealed by a key that seals words here: what finds a wrong key before somebody's words do."""

    key_id = models.CharField(primary_key=True, max_length=16)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"check of the key {self.key_id}"
