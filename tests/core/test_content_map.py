"""docs/content.md says what the content files say, and they leave nothing out that is asked."""

from pathlib import Path
from types import SimpleNamespace

from django.core.management import call_command

from apps.journal.fields import plan_fields, value_fields
from apps.journal.forms.challenge import ChallengeForm
from apps.journal.forms.coping import CopingForm
from apps.journal.forms.look_back import LookBackForm
from apps.journal.forms.quick import QuickForm
from apps.journal.forms.values import ValuesForm
from apps.journal.questions import read_questions

CONTENT_MAP = Path(__file__).parents[2] / "docs" / "content.md"


def test_content_map_is_the_one_that_the_files_give(capsys):
    call_command("content_map")
    assert CONTENT_MAP.read_text(encoding="utf-8").endswith("\n\n" + capsys.readouterr().out)


def test_each_question_that_is_asked_has_its_ground_in_the_map_and_no_other_is_there():
    shelf = SimpleNamespace(radios=[], reasons={}, library=[])
    forms = (ChallengeForm, ValuesForm, CopingForm, QuickForm, LookBackForm)
    fields = [field for form in forms for field in form.base_fields.values() if not field.widget.is_hidden]
    fields = [field for field in fields if field.label]  # what an author looked at is drawn with what was found
    fields += [*value_fields("", "{value}").values(), *plan_fields(1, shelf).values()]
    assert {field.label for field in fields} == {question.label for question in read_questions()}
