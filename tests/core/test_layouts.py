"""What stands on every page: title, ways round, support; and error pages that lean on nothing."""

import re
from pathlib import Path

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.template.autoreload import reset_loaders
from django.template.loader import render_to_string
from django.templatetags.static import StaticNode, static

from apps.accounts.models import User

ROOT = Path(__file__).parents[2]
ERRORS = sorted(path.name for path in (ROOT / "templates").glob("[45]*.html"))
SIGNED_IN = User(email="amina@example.nhs.uk")
PAGE = '{% extends "layouts/page.html" %}{% block title %}What & why{% endblock %}'
FORM = '{% extends "layouts/form.html" %}{% block title %}What & why{% endblock %}{% block submit %}Go{% endblock %}'


class Ask(forms.Form):
    """One question."""

    why = forms.CharField(error_messages={"required": "Say why"})


@pytest.fixture
def draw(rf):
    """Draws a page from its source, at an address, for a person."""

    def page(source, *, path="/", user=None, **context):
        request = rf.get(path)
        request.user = user or AnonymousUser()
        return engines["django"].from_string(source).render(context, request)

    return page


def links(html):
    """The addresses of a page's links, in order."""
    return re.findall(r'<a [^>]*href="([^"]*)"', html)


def test_page_says_its_title_once_for_window_and_heading(draw):
    html = draw(PAGE)
    assert "<title>What & why - Keel</title>" in html
    assert '<h1 class="nhsuk-heading-l">What & why</h1>' in html


def test_page_escapes_a_title_made_of_words(draw):
    html = draw('{% extends "layouts/page.html" %}{% block title %}{{ words }}{% endblock %}', words="<b>")
    assert "<title>&lt;b&gt; - Keel</title>" in html
    assert '<h1 class="nhsuk-heading-l">&lt;b&gt;</h1>' in html


def test_page_has_a_caption_only_where_it_says_one(draw):
    assert "nhsuk-caption-l" not in draw(PAGE)
    caption = '<span class="nhsuk-caption-l">Phase 1 of 3</span>'
    assert caption in draw(PAGE + "{% block caption %}Phase 1 of 3{% endblock %}")


def test_page_works_out_what_is_the_same_on_every_page_once(draw, monkeypatch):
    page = engines["django"].from_string(
        "{% url 'home:support' %} {% url name %} {% static 'app.css' %} {% static file %} {% url 'home:'|add:page %}"
    )
    first = page.render({"name": "home:home", "file": "favicon.svg", "page": "home"})
    style = static("app.css")
    assert first.split() == ["/support/", "/", style, static("favicon.svg"), "/"]
    monkeypatch.setattr("django.urls.reverse", lambda name, **_: f"/anew/{name}/")
    monkeypatch.setattr(StaticNode, "handle_simple", staticmethod(lambda path: f"/anew/{path}"))
    again = page.render({"name": "home:about", "file": "other.svg", "page": "about"})
    assert again.split() == ["/support/", "/anew/home:about/", style, "/anew/other.svg", "/anew/home:about/"]


def test_form_page_is_three_lines_and_brings_all_a_form_needs(draw):
    html = draw(FORM, form=Ask())
    assert "<title>What & why - Keel</title>" in html
    assert 'name="csrfmiddlewaretoken"' in html
    assert 'name="why"' in html
    assert 'type="submit">Go</button>' in html
    assert "nhsuk-error-summary" not in html


def test_form_page_with_errors_says_so_in_the_window_and_on_top(draw):
    html = draw(FORM, form=Ask({}))
    assert "<title>Error: What & why - Keel</title>" in html
    assert html.index('<a href="#id_why">Say why</a>') < html.index("<h1")


@pytest.mark.parametrize(
    ("path", "open_link", "how"),
    [
        ("/", "/", "page"),
        ("/journal/", "/journal/", "page"),
        ("/journal/new/", "/journal/", "true"),
        ("/journal/0b0e7a3e-6d3c-4a0e-8b0e-2f1a5a6f7a11/coping/", "/journal/", "true"),
        ("/values/place/", "/values/", "true"),
        ("/coping/", "/coping/", "page"),
        ("/coping/box-breathing/", "/coping/", "true"),
        ("/coping/plans/", "/coping/plans/", "page"),
        ("/reports/", "/reports/", "page"),
    ],
)
def test_navigation_marks_the_page_or_the_section_that_is_open(draw, path, open_link, how):
    html = draw(PAGE, path=path, user=SIGNED_IN)
    assert re.findall(r'href="([^"]*)" aria-current="([^"]*)"', html) == [(open_link, how)]


def test_navigation_marks_nothing_elsewhere(draw):
    assert "aria-current" not in draw(PAGE, path="/about/", user=SIGNED_IN)


def test_header_signed_in_says_who_and_signs_out_by_post(draw):
    html = draw(PAGE, user=SIGNED_IN)
    assert "amina@example.nhs.uk" in html
    assert re.search(r'<form [^>]*action="/accounts/logout/" method="post"', html)
    assert "/accounts/login/" not in links(html)


def test_header_signed_out_offers_an_account_and_no_navigation(draw):
    html = draw(PAGE)
    assert {"/accounts/login/", "/accounts/signup/"} <= set(links(html))
    assert "/journal/" not in links(html)


@pytest.mark.parametrize("user", [None, SIGNED_IN])
def test_support_stands_in_the_header_and_the_footer_of_every_page(draw, user):
    html = draw(PAGE, user=user)
    header, footer = html.split("<main")[0], html.split("</main>")[1]
    assert links(header).count("/support/") == links(footer).count("/support/") == 1


def test_page_carries_the_services_own_name_and_organisation(draw, settings):
    settings.SERVICE_NAME, settings.SERVICE_ORGANISATION = "Harbour", "Anytown Talking Therapies"
    html = draw(PAGE)
    assert "<title>What & why - Harbour</title>" in html
    assert html.count("Anytown Talking Therapies") == 2


def test_page_sets_the_class_for_scripts_first_and_starts_them_last(draw):
    body = draw(PAGE).split("<body>")[1]
    scripts = re.findall(r"<script ([^>]*)></script>", body)
    assert body.strip().startswith("<script src=")
    assert scripts[0] == 'src="/static/js/body-class.js"'
    assert scripts[-1] == 'type="module" src="/static/js/nhsuk-start.js"'


def test_page_takes_nothing_from_elsewhere(draw):
    html = draw(PAGE, user=SIGNED_IN) + "".join(render_to_string(name) for name in ERRORS)
    assert re.findall(r'(?:src|href)="(?!/|#)[^"]*"', html) == []


def test_skip_link_leads_to_the_main_part(draw):
    for html in [draw(PAGE), *map(render_to_string, ERRORS)]:
        assert "#maincontent" in links(html)
        assert 'id="maincontent"' in html


@pytest.mark.parametrize("name", ERRORS)
def test_error_page_is_drawn_when_everything_else_is_broken(settings, name):
    reset_loaders()  # what a page drew before, it would not work out again
    settings.ROOT_URLCONF = "nothing.here"
    settings.STORAGES = {"staticfiles": {"BACKEND": "nothing.here"}}
    html = render_to_string(name)  # no database either: this test has none
    assert links(html).count("/support/") == 2
    assert "/" in links(html)
    assert len(re.findall(r"<p>[^<]+", html)) >= 2


@pytest.mark.parametrize("name", ERRORS)
def test_error_page_says_nothing_of_what_broke(name):
    planted = dict.fromkeys(["exception", "reason", "request_path"], "planted heron")
    assert "heron" not in render_to_string(name, planted)


def test_templates_hold_no_script_or_style_inline():
    inline = re.compile(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
    templates = [path for folder in ("templates", "apps") for path in (ROOT / folder).rglob("*.html")]
    assert len(templates) > 30
    assert [path.name for path in templates if inline.search(path.read_text())] == []


@pytest.mark.parametrize("name", ["app.css", "print-page.css", "paper.css"])
def test_own_styles_are_small_and_ask_nothing_of_other_servers(name):
    css = (ROOT / "static" / name).read_text()
    assert len(css.encode()) < 6 * 1024
    assert "@import" not in css
    assert "url(" not in css


def test_a_name_that_nobody_supplied_fails_the_test_that_renders_it():
    """Otherwise a link to nowhere passes for a page."""
    with pytest.raises(NameError, match="undefined in a template: list_url"):
        engines["django"].from_string('<a href="{{ list_url }}">').render({})
