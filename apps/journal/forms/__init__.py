"""What each page of the journal asks, and how its answers reach the rows."""

from apps.journal.forms.challenge import ChallengeForm
from apps.journal.forms.coping import CopingForm
from apps.journal.forms.look_back import LookBackForm
from apps.journal.forms.phase import PhaseForm, version_in
from apps.journal.forms.quick import QuickForm
from apps.journal.forms.reminder import ReminderForm
from apps.journal.forms.start import StartForm
from apps.journal.forms.timeline import FilterForm, SearchForm
from apps.journal.forms.values import ValuesForm

FORMS: dict[str, type[PhaseForm]] = {
    "challenge": ChallengeForm,
    "values": ValuesForm,
    "coping": CopingForm,
    "quick": QuickForm,
}

__all__ = [
    "FORMS",
    "ChallengeForm",
    "CopingForm",
    "FilterForm",
    "LookBackForm",
    "PhaseForm",
    "QuickForm",
    "ReminderForm",
    "SearchForm",
    "StartForm",
    "ValuesForm",
    "version_in",
]
