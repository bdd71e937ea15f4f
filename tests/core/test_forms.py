"""Forms as people meet them: what they may type, where an error leads, what is never in the page."""

from datetime import date
from html.parser import HTMLParser

import pytest
from django import forms
from django.template.loader import render_to_string

from apps.core.forms import Checkboxes, DayField, Radios, ScaleField
from tests.core.test_forms_oracle import dom, macro

CHOICES = [("", "---------"), ("a", "A"), ("b", "B")]


class EveryField(forms.Form):
    """One of each kind, none of them answered."""

    line = forms.CharField(max_length=5)
    words = forms.CharField(widget=forms.Textarea, max_length=10)
    email = forms.EmailField()
    password = forms.CharField(widget=forms.PasswordInput)
    pick = forms.ChoiceField(choices=CHOICES)
    radio = forms.ChoiceField(choices=CHOICES, widget=Radios)
    ticks = forms.MultipleChoiceField(choices=CHOICES, widget=Checkboxes)
    groups = forms.MultipleChoiceField(choices=[("One", CHOICES), ("Two", [("c", "C")])], widget=Checkboxes)
    tick = forms.BooleanField()
    scale = ScaleField(low="none", high="most")
    day = DayField()
    version = forms.IntegerField(widget=forms.HiddenInput)


class Page(HTMLParser):
    """The ids, links, descriptions and inputs of a page."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.links, self.described, self.inputs = [], [], [], []
        self.feed(str(html))

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.ids += [attrs["id"]] if "id" in attrs else []
        self.links += [attrs["href"]] if tag == "a" else []
        self.described += (attrs.get("aria-describedby") or "").split()
        self.inputs += [attrs] if tag in {"input", "textarea", "select"} else []


def summary(form, **context):
    """The error summary of `form`."""
    return render_to_string("components/error_summary.html", {"form": form, **context})


def test_error_summary_is_drawn_as_the_macro_draws_it():
    form = EveryField({"version": "1", "line": "fits", "words": "x" * 11})
    for name in set(form.fields) - {"words"}:
        form.errors.pop(name, None)
    form.add_error(None, "Say <something>")
    errors = [
        {"text": "Say <something>"},
        {"text": "Ensure this value has at most 10 characters (it has 11).", "href": "#id_words"},
    ]
    expected = macro("error-summary", "errorSummary", titleText="There is a problem", errorList=errors)
    assert dom(summary(form)) == dom(expected)


def test_error_summary_leads_to_an_input_for_every_kind_of_field():
    form = EveryField({"version": "1"})
    inputs = {one["id"] for one in Page(form).inputs}
    links = Page(summary(form)).links
    assert len(links) == len(form.fields) - 1
    assert {link.removeprefix("#") for link in links} <= inputs


def test_error_summary_says_an_error_of_a_hidden_field_without_a_link():
    form = EveryField({})
    assert "<li>This field is required.</li>" in summary(form)


def test_error_summary_of_several_forms_holds_the_errors_of_each():
    first, second = EveryField({}, prefix="first"), EveryField({}, prefix="second")
    links = Page(render_to_string("components/error_summary.html", {"forms": [first, second]})).links
    assert {"#id_first-line", "#id_second-line"} <= set(links)


@pytest.mark.parametrize("context", [{}, {"form": EveryField()}])
def test_error_summary_without_errors_draws_nothing(context):
    assert render_to_string("components/error_summary.html", context).strip() == ""


def test_form_with_errors_has_unique_ids_and_describes_only_by_what_is_there():
    page = Page(EveryField({"words": "x" * 11}))
    assert len(page.ids) == len(set(page.ids))
    assert page.described
    assert set(page.described) <= set(page.ids)


def test_form_leaves_checking_to_the_server():
    refused = {"required", "maxlength", "aria-invalid", "style"}
    for form in (EveryField(), EveryField({})):
        assert not [attrs for attrs in Page(form).inputs if refused & attrs.keys()]


def test_form_draws_its_hidden_fields():
    form = EveryField(initial={"version": 3})
    hidden = {attrs["name"]: attrs["value"] for attrs in Page(form).inputs if attrs.get("type") == "hidden"}
    assert hidden == {"version": "3"}


def test_form_never_draws_a_password_back():
    assert "calm-water" not in str(EveryField({"password": "calm-water"}))


def test_choices_draw_no_radio_for_an_empty_choice():
    assert "---------" not in str(EveryField()["radio"])
    assert "---------" in str(EveryField()["pick"])


def test_choices_in_groups_are_named_by_their_group():
    html = str(EveryField()["groups"])
    assert html.count("<fieldset") == 2
    assert '<legend class="nhsuk-fieldset__legend">Two</legend>' in html


def test_select_keeps_its_groups():
    class Grouped(forms.Form):
        pick = forms.ChoiceField(choices=[("One", [("a", "A")])])

    assert '<optgroup label="One">' in str(Grouped()["pick"])


def test_field_with_several_errors_says_them_all():
    form = EveryField({"line": "x"})
    form.add_error("line", ["Use a letter", "Use <b>"])
    html = form["line"].as_field_group()
    assert "Use a letter<br>Use &lt;b&gt;" in html


@pytest.mark.parametrize("attack", ["</textarea><script>alert(1)</script>", '" autofocus onfocus="alert(1)'])
def test_form_escapes_what_was_typed(attack):
    html = str(EveryField({"words": attack, "line": attack, "email": attack, "radio": attack}))
    assert attack not in html
    assert "<script" not in html


class Strain(forms.Form):
    """The scale alone, which may be left."""

    strain = ScaleField(low="no strain", high="the most strain", required=False)


@pytest.mark.parametrize(("typed", "number"), [("0", 0), ("7", 7), ("10", 10), ("", None)])
def test_scale_gives_a_number_or_none(typed, number):
    form = Strain({"strain": typed})
    assert form.is_valid()
    assert form.cleaned_data["strain"] == number


@pytest.mark.parametrize("typed", ["-1", "11", "3.5", "seven", "7; DROP", "9" * 5000, "\x00"])
def test_scale_refuses_anything_else_in_words(typed):
    form = Strain({"strain": typed})
    assert form.errors == {"strain": ["Select a number from 0 to 10"]}
    assert "checked" not in str(form["strain"])


@pytest.mark.parametrize("number", [0, 7])
def test_scale_shows_the_number_given_before_and_knows_it_unchanged(number):
    form = Strain({"strain": str(number)}, initial={"strain": number})
    chosen = [attrs["value"] for attrs in Page(form["strain"]).inputs if "checked" in attrs]
    assert chosen == [str(number)]
    assert not form.has_changed()


def test_scale_says_in_words_what_its_ends_mean_to_eyes_and_ears():
    html = str(Strain()["strain"])
    assert "<span>0: no strain</span>" in html
    assert '0<span class="nhsuk-u-visually-hidden">, no strain</span></label>' in html
    assert '10<span class="nhsuk-u-visually-hidden">, the most strain</span></label>' in html


def day_of(*parts):
    """What a day field makes of three parts."""
    return DayField().clean(list(parts))


def test_day_is_read_from_its_three_parts_with_spaces_around_them():
    assert day_of(" 2", "03 ", "2026") == date(2026, 3, 2)


@pytest.mark.parametrize("parts", ["31 2 2026", "2 - 2026", "0 1 2026", "x 1 2026", "² 1 2026", "-1 1 1", "1 1 0000"])
def test_day_that_is_none_says_what_a_real_one_looks_like(parts):
    with pytest.raises(forms.ValidationError, match="Enter a real day, such as 27 3 2026"):
        day_of(*parts.split())


def test_day_in_a_year_of_five_thousand_figures_is_none():
    with pytest.raises(forms.ValidationError, match="Enter a real day"):
        day_of("1", "1", "9" * 5000)


@pytest.mark.parametrize("parts", [(), ("", " ", None)])
def test_day_that_is_missing_is_asked_for(parts):
    with pytest.raises(forms.ValidationError, match="Enter the day, the month and the year"):
        day_of(*parts)
