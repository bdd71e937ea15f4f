"""Django's forms drawn as NHS.UK pages draw them, and the few fields and widgets that Django lacks.

Options are plain widget attributes: autocomplete, rows, `class="nhsuk-input--width-10"`.
"""

from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from apps.core.text import LONGEST_TEXT, clean_text

OUR_TEMPLATES = {
    "django/forms/widgets/select.html": "forms/select.html",
    "django/forms/widgets/radio.html": "forms/radios.html",
    "django/forms/widgets/checkbox_select.html": "forms/checkboxes.html",
    "django/forms/widgets/password.html": "forms/password.html",
}


class DayWidget(forms.MultiWidget):
    """Day, month and year side by side, each typed, as NHS.UK asks for a day."""

    template_name = "forms/day.html"
    use_fieldset = True
    PARTS = (("day", 2), ("month", 2), ("year", 4))  # and how many figures each has

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({name: forms.TextInput() for name, _ in self.PARTS}, attrs)

    def decompress(self, value: date | None) -> list[str]:
        """A day as its three parts."""
        return ["", "", ""] if value is None else [str(value.day), str(value.month), str(value.year)]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for (part, width), drawn in zip(self.PARTS, context["widget"]["subwidgets"], strict=True):
            classes = f"{drawn['attrs']['class']} nhsuk-date-input__input nhsuk-input--width-{width}"
            drawn["label"] = part.capitalize()
            drawn["attrs"] |= {"class": classes, "inputmode": "numeric"}
        context["widget"]["attrs"]["id"] = context["widget"]["subwidgets"][0]["attrs"]["id"]  # an error leads there
        return context


# The first that fits gives the class.
CLASSES = (
    (DayWidget, "nhsuk-input"),
    (forms.CheckboxSelectMultiple, "nhsuk-checkboxes__input"),
    (forms.CheckboxInput, "nhsuk-checkboxes__input"),
    (forms.RadioSelect, "nhsuk-radios__input"),
    (forms.Select, "nhsuk-select"),
    (forms.Textarea, "nhsuk-textarea"),
    (forms.HiddenInput, ""),
    (forms.widgets.Input, "nhsuk-input"),
)
MARKED_WHEN_WRONG = {"nhsuk-select", "nhsuk-textarea", "nhsuk-input"}


class NHSBoundField(BoundField):
    """A form's field with what NHS.UK's markup asks about it."""

    @property
    def is_password(self) -> bool:
        """Whether it is drawn with a button that shows what was typed."""
        return isinstance(self.field.widget, forms.PasswordInput)

    @property
    def is_checkbox(self) -> bool:
        """Whether it is one checkbox, whose label stands beside it instead of above."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def longest(self) -> int | None:
        """Characters that fit into its text area; None for anything else."""
        return getattr(self.field, "max_length", None) if isinstance(self.field.widget, forms.Textarea) else None

    @property
    def hint_id(self) -> str:
        """The id of its hint; one checkbox has it beside the box, as an item's hint."""
        return f"{self.auto_id}-item-hint" if self.is_checkbox else f"{self.auto_id}-hint"

    @property
    def first_input_id(self) -> str:
        """Where a link from the error summary leads: the input, or the first of its radios or checkboxes."""
        if not self.use_fieldset:
            return self.id_for_label
        return next((item.id_for_label for item in self.subwidgets if item.data["value"] != ""), "")

    @property
    def aria_describedby(self) -> str:
        """The ids of what explains it, in NHS.UK's order."""
        if self.is_hidden:
            return ""
        error_id = f"{self.auto_id}-error" if self.errors else ""
        hint_id = self.hint_id if self.help_text else ""
        ids = [error_id, hint_id] if self.is_checkbox else [hint_id, error_id]
        said = self.field.widget.attrs.get("aria-describedby", "")
        return " ".join(filter(None, [said, f"{self.auto_id}-info" if self.longest else "", *ids]))

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """The attributes of its input as NHS.UK has them.

        False takes an attribute away. Errors are said in words by the server, so no browser bubble (`required`), no
        silent cut of a pasted text (`maxlength`) and no second announcement (`aria-invalid`).
        """
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget) | {"required": False, "maxlength": False, "cols": False}
        attrs["aria-invalid"] = False
        attrs["class"] = self._classes(widget) or False
        if self.is_password:
            attrs |= {"spellcheck": "false", "autocapitalize": "none"}
        return attrs

    def _classes(self, widget: forms.Widget) -> str:
        name = next((name for kind, name in CLASSES if isinstance(widget, kind)), "")
        if not name:
            return ""
        classes = [name]
        if self.errors and name in MARKED_WHEN_WRONG:
            classes.append(f"{name}--error")
        if self.is_password:
            classes += ["nhsuk-password-input__input", "nhsuk-js-password-input-input"]
        if self.longest:
            classes.append("nhsuk-js-character-count")
        return " ".join(filter(None, [*classes, widget.attrs.get("class", "")]))


class NHSFormRenderer(TemplatesSetting):
    """Draws `{{ form }}` and each field as NHS.UK does, Django's and allauth's own forms too."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = NHSBoundField

    def get_template(self, template_name: str) -> Any:
        """Our drawing of a widget where NHS.UK's differs from Django's."""
        return super().get_template(OUR_TEMPLATES.get(template_name, template_name))


WATCHED = {"data-identifiers": True}  # asks static/js/identifier-check.js to look at what is typed


class Words(forms.CharField):
    """Somebody's words, kept exactly as typed; only line ends are made alike."""

    def __init__(self, *, label: str, rows: int, most: int = LONGEST_TEXT, required: bool = False, **kwargs: Any):
        too_long = f"“{label}” can hold {most:,} characters. It has %(show_value)d now, so shorten it"
        super().__init__(
            label=label,
            required=required,
            strip=False,
            max_length=most,
            widget=forms.Textarea({"rows": rows, **WATCHED}) if rows > 1 else forms.TextInput(WATCHED),
            error_messages={"max_length": too_long},
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")


class DayField(forms.Field):
    """A day, typed in three parts."""

    widget = DayWidget
    default_error_messages = {
        "required": "Enter the day, the month and the year",
        "invalid": "Enter a real day, such as 27 3 2026",
    }

    def to_python(self, value: list[str | None] | None) -> date | None:
        parts = [(part or "").strip() for part in value or []]
        if not any(parts):
            return None
        try:
            day, month, year = (int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) < 5)
            return date(year, month, day)
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class LargePrint(forms.BooleanField):
    """Whether a PDF is made in large print."""

    def __init__(self) -> None:
        super().__init__(
            label="Large print", help_text="Letters of 18 points, for easier reading on paper.", required=False
        )


class HintedChoices:
    """What radios and checkboxes can do here: hints under items, and parts of the page they reveal."""

    def __init__(
        self,
        *args: Any,
        hints: dict[str, str] | None = None,
        reveals: dict[str, str] | None = None,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.hints, self.reveals = hints or {}, reveals or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]  # of the widget beside it
        if hint := self.hints.get(str(value)):
            option["hint"] = hint
            option["attrs"]["aria-describedby"] = f"{option['attrs']['id']}-item-hint"
        if part := self.reveals.get(str(value)):
            option["attrs"]["data-aria-controls"] = part
        return option


class Radios(HintedChoices, forms.RadioSelect):
    """Radios, with hints by value. An empty choice is not drawn: choosing none says it."""


class Checkboxes(HintedChoices, forms.CheckboxSelectMultiple):
    """Checkboxes, with hints by value."""


class ScaleWidget(forms.RadioSelect):
    """The numbers from 0 side by side, with words at both ends; radios, so that keys and screen readers work."""

    template_name = "forms/scale.html"

    def __init__(self, *, low: str, high: str, highest: int = 10, attrs: dict[str, Any] | None = None):
        super().__init__(attrs, choices=[(number, str(number)) for number in range(highest + 1)])
        self.low, self.high, self.highest = low, high, highest

    def get_context(self, *args: Any) -> dict[str, Any]:
        context = super().get_context(*args)
        context["widget"] |= {"low": self.low, "high": self.high, "highest": self.highest}
        return context


class ScaleField(forms.IntegerField):
    """A whole number from 0 (`low`, in words) to `highest` (`high`), or None where not answered."""

    def __init__(self, *, low: str, high: str, highest: int = 10, **kwargs: Any):
        kwargs.setdefault("widget", ScaleWidget(low=low, high=high, highest=highest))
        super().__init__(min_value=0, max_value=highest, **kwargs)
        wrong = f"Select a number from 0 to {highest}"  # noqa: S608  a sentence, no SQL
        says = dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong)
        self.error_messages |= says | (kwargs.get("error_messages") or {})
