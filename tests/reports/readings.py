"""Reflections as the reports' gate gives them, made of plain values: the tests of the paper need no database."""

import uuid
from datetime import UTC, datetime

from apps.journal.reading import Phase, Reading, Row
from apps.reports.content import Content

DAY = datetime(2026, 11, 20, 17, 5, tzinfo=UTC)


def row(label, *lines, key="id_x", is_list=False):
    return Row(key, label, lines, is_list)


def content(*lines, label="What happened?", made_by="Amina Rahman", key="id_what_happened", is_list=False):
    """A reflection of three phases in which `lines` answer one question."""
    phases = (
        Phase(
            "challenge",
            "Work challenge",
            "What?",
            (
                row("What kind of challenge was it?", "Volume, pace and targets", is_list=True),
                row(label, *lines, key=key, is_list=is_list),
            ),
        ),
        Phase(
            "values", "Values connection", "So what?", (row("How do you see it now?", "The diary was full, not me"),)
        ),
        Phase(
            "coping",
            "Coping",
            "Now what?",
            (
                row(
                    "Plan 1",
                    "When my last call ends, I will stand up",
                    "Look back on 24 November 2026",
                    key="id_when-1",
                ),
            ),
        ),
    )
    return Content(uuid.uuid4(), 3, made_by, Reading("Full reflection", DAY, DAY, phases))
