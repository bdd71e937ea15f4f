"""Each field we draw is what NHS.UK's own macro draws: same elements, classes, attributes and words."""

from datetime import date
from html.parser import HTMLParser

import jinja2
import pytest
from django import forms

from apps.core.forms import Checkboxes, DayField, Radios

VOID = {"input", "br", "path"}
MACROS = jinja2.Environment(
    loader=jinja2.PackageLoader("nhsuk_frontend_jinja"), undefined=jinja2.ChainableUndefined, autoescape=True
)


class Dom(HTMLParser):
    """A document as nested lists, in which the order of attributes and classes and blank space do not count."""

    def __init__(self, html):
        super().__init__()
        self.open = [["root", {}]]
        self.feed(html)
        assert len(self.open) == 1, f"not closed: {self.open[-1][0]}"

    def handle_starttag(self, tag, attrs):
        attrs = {name: value or "" for name, value in attrs}
        for name in {"class", "aria-describedby"} & attrs.keys():
            attrs[name] = sorted(attrs[name].split()) if name == "class" else attrs[name].split()
        self.open[-1].append([tag, attrs])
        if tag not in VOID:
            self.open.append(self.open[-1][-1])

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if words := " ".join(data.split()):
            self.open[-1].append(words)


def dom(html):
    """The nested lists of `html`."""
    return Dom(str(html)).open[0][2:]


def macro(component, function, **params):
    """What NHS.UK's macro draws."""
    return getattr(MACROS.get_template(f"nhsuk/components/{component}/macro.jinja").module, function)(params)


def ours(field, *, error="", data=None):
    """Our drawing of `field` in a form of its own, where it is called `answer`."""
    form = type("OneField", (forms.Form,), {"answer": field})(data)
    if error:
        form._errors = {"answer": form.error_class([error])}
    return dom(form["answer"].as_field_group())


# What stands round the input: (what the field is told, what the form is told, what the macro is told)
HINT = {"text": "One or two sentences are enough"}
STATES = [
    pytest.param({}, "", {}, id="plain"),
    pytest.param({"help_text": HINT["text"]}, "", {"hint": HINT}, id="hint"),
    pytest.param({}, "Enter <it>", {"errorMessage": {"text": "Enter <it>"}}, id="error"),
    pytest.param(
        {"help_text": HINT["text"]}, "Enter it", {"hint": HINT, "errorMessage": {"text": "Enter it"}}, id="hint-error"
    ),
]
every_state = pytest.mark.parametrize(("told", "error", "params"), STATES)
LABEL = {"text": "What & why?", "size": "s"}
SAME = {"id": "id_answer", "name": "answer"}


@every_state
def test_text_input_is_drawn_as_the_macro_draws_it(told, error, params):
    field = forms.CharField(label="What & why?", initial='a "b" <c>', max_length=80, **told)
    assert ours(field, error=error) == dom(macro("input", "input", **SAME, label=LABEL, value='a "b" <c>', **params))


def test_text_input_with_attributes_is_drawn_as_the_macro_draws_it():
    field = forms.CharField(
        label="What & why?",
        widget=forms.TextInput({"autocomplete": "name", "spellcheck": "false", "class": "nhsuk-input--width-10"}),
    )
    assert ours(field) == dom(
        macro("input", "input", **SAME, label=LABEL, autocomplete="name", spellcheck=False, width=10)
    )


@every_state
def test_email_input_is_drawn_as_the_macro_draws_it(told, error, params):
    field = forms.EmailField(label="What & why?", widget=forms.EmailInput({"autocomplete": "email"}), **told)
    assert ours(field, error=error) == dom(
        macro("input", "input", **SAME, label=LABEL, type="email", autocomplete="email", **params)
    )


@every_state
def test_password_input_is_drawn_as_the_macro_draws_it(told, error, params):
    widget = forms.PasswordInput({"autocomplete": "current-password"})
    field = forms.CharField(label="What & why?", widget=widget, **told)
    assert ours(field, error=error) == dom(
        macro("password-input", "passwordInput", **SAME, label=LABEL, autocomplete="current-password", **params)
    )


@every_state
def test_textarea_is_drawn_as_the_macro_draws_it(told, error, params):
    field = forms.CharField(label="What & why?", widget=forms.Textarea({"rows": 8}), initial="a\n <b>", **told)
    assert ours(field, error=error) == dom(
        macro("textarea", "textarea", **SAME, label=LABEL, rows=8, value="a\n <b>", **params)
    )


@every_state
def test_textarea_with_a_longest_is_drawn_as_the_character_count_macro_draws_it(told, error, params):
    field = forms.CharField(label="What & why?", widget=forms.Textarea({"rows": 5}), max_length=200, **told)
    assert ours(field, error=error) == dom(
        macro(
            "character-count",
            "characterCount",
            **SAME,
            label=LABEL,
            rows=5,
            maxlength=200,
            threshold=75,
            **params,
        )
    )


@every_state
def test_select_is_drawn_as_the_macro_draws_it(told, error, params):
    field = forms.ChoiceField(label="What & why?", choices=[("a", "A & B"), ("c", "C")], initial="c", **told)
    items = [{"value": "a", "text": "A & B"}, {"value": "c", "text": "C"}]
    assert ours(field, error=error) == dom(
        macro("select", "select", **SAME, label=LABEL, items=items, value="c", **params)
    )


CHOICES = [("a", "A & B"), ("c", "C")]
ITEMS = [
    {"value": "a", "text": "A & B", "id": "id_answer_0", "hint": {"text": "Both <of> them"}},
    {"value": "c", "text": "C", "id": "id_answer_1"},
]


@every_state
def test_radios_are_drawn_as_the_macro_draws_them(told, error, params):
    widget = Radios(hints={"a": "Both <of> them"})
    field = forms.ChoiceField(label="What & why?", choices=CHOICES, widget=widget, initial="c", **told)
    legend = {"legend": LABEL}
    assert ours(field, error=error) == dom(
        macro(
            "radios",
            "radios",
            name="answer",
            idPrefix="id_answer",
            fieldset=legend,
            items=ITEMS,
            value="c",
            **params,
        )
    )


@every_state
def test_checkboxes_are_drawn_as_the_macro_draws_them(told, error, params):
    widget = Checkboxes(hints={"a": "Both <of> them"})
    field = forms.MultipleChoiceField(label="What & why?", choices=CHOICES, widget=widget, initial=["c"], **told)
    legend = {"legend": LABEL}
    assert ours(field, error=error) == dom(
        macro(
            "checkboxes",
            "checkboxes",
            name="answer",
            idPrefix="id_answer",
            fieldset=legend,
            items=ITEMS,
            values=["c"],
            **params,
        )
    )


@pytest.mark.parametrize("widget", [forms.RadioSelect, forms.CheckboxSelectMultiple])
def test_djangos_own_choices_are_drawn_as_the_macro_draws_them(widget):
    field = forms.MultipleChoiceField(label="What & why?", choices=CHOICES, widget=widget)
    name = "radios" if widget is forms.RadioSelect else "checkboxes"
    items = [{**item, "hint": None} for item in ITEMS]
    assert ours(field) == dom(
        macro(name, name, name="answer", idPrefix="id_answer", fieldset={"legend": LABEL}, items=items)
    )


@every_state
def test_one_checkbox_is_drawn_as_the_macro_draws_it(told, error, params):
    field = forms.BooleanField(label="What & why?", **told)
    item = {"value": "on", "text": "What & why?"} | ({"hint": params["hint"]} if "hint" in params else {})
    given = {name: value for name, value in params.items() if name != "hint"}
    drawn = dom(macro("checkboxes", "checkboxes", name="answer", idPrefix="id_answer", items=[item], **given))
    assert without(ours(field, error=error), "value") == without(drawn, "value")  # a lone box sends "on" without one


def without(nodes, attribute):
    """`nodes` with `attribute` taken off each input."""
    for node in nodes:
        if isinstance(node, list):
            if node[0] == "input":
                node[1].pop(attribute, None)
            without(node[2:], attribute)
    return nodes


def parts_of(node):
    """Each label with the input below it, wherever in `node` they stand."""
    for child in (part for part in node if isinstance(part, list)):
        if [inner[0] for inner in child if isinstance(inner, list)] == ["label", "input"]:
            yield child[2:]
        else:
            yield from parts_of(child)


@every_state
def test_parts_of_a_day_are_drawn_as_the_date_input_macro_draws_them(told, error, params):
    """What stands round them is our own fieldset, which other tests hold to its macro."""
    field = DayField(label="What & why?", initial=date(2026, 3, 2), **told)
    given = (("day", "2", 2), ("month", "3", 2), ("year", "2026", 4))
    items = [
        {"id": f"id_answer_{at}", "name": f"answer_{name}", "label": name.capitalize(), "value": value, "width": width}
        for at, (name, value, width) in enumerate(given)
    ]
    drawn = dom(macro("date-input", "dateInput", id="id_answer", fieldset={"legend": LABEL}, items=items, **params))
    assert len(list(parts_of(drawn))) == 3
    assert list(parts_of(ours(field, error=error))) == list(parts_of(drawn))
