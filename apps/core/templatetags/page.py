"""The few tags that pages need."""

from functools import cache, cached_property
from typing import Any

from django import template
from django.conf import settings
from django.forms.utils import flatatt
from django.template.base import FilterExpression, Node, Parser, Token
from django.template.context import Context
from django.template.defaulttags import url as django_url
from django.template.loader import render_to_string
from django.templatetags.static import StaticNode
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

NAVIGATION = (
    ("home:home", "Home"),
    ("journal:reflection_list", "Your reflections"),
    ("values:compass", "Your values compass"),
    ("coping:strategy_list", "Coping strategies"),
    ("journal:plan_list", "Your coping plans"),
    ("insights:insights", "Your insights"),
    ("supervision:summary_list", "Sharing"),
    ("reports:report_list", "Your reports"),
)


@register.simple_block_tag
def capture(content: str) -> SafeString:
    """Keep a piece of a page under a name, to say it twice: `{% capture as title %}...{% endcapture %}`."""
    return mark_safe(content.strip())  # noqa: S308  drawn by the template, so escaped there already


@register.simple_tag
def report_kept() -> str:
    """How long a finished report can be downloaded, in words: `{% report_kept %}`."""
    hours = settings.REPORT_KEPT_HOURS
    if hours > 24 and hours % 24 == 0:
        return f"{hours // 24} days"
    return "1 hour" if hours == 1 else f"{hours} hours"


class Once(Node):
    """A tag that says the same on every page, so it is drawn once in a process."""

    def __init__(self, node: Node):
        self.node = node

    @cached_property
    def drawn(self) -> str:
        """What it says; it asks nothing of the page."""
        return self.node.render(Context())

    def render(self, context: Context) -> str:
        """The same as on the page before."""
        return self.drawn


def varies_by(said: FilterExpression) -> bool:
    """Whether what a tag was given depends on the page."""
    return bool(said.is_var or said.filters)


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Django's own tag; an address without parts is worked out once, for a page has ten."""
    node = django_url(parser, token)
    varies = node.args or node.kwargs or node.asvar or varies_by(node.view_name)
    return node if varies else Once(node)


@register.tag
def static(parser: Parser, token: Token) -> Node:
    """Django's own tag; a file has one address for as long as the process lives."""
    node = StaticNode.handle_token(parser, token)
    return node if node.varname or varies_by(node.path) else Once(node)


@cache
def address(name: str) -> str:
    """The address of this name."""
    return reverse(name)


@register.simple_tag
def attributes(given: dict[str, Any]) -> SafeString:
    """An element's attributes, as Django's forms write them, without a loop for each of a page's hundred inputs."""
    return flatatt(given)


@register.simple_tag(takes_context=True)
def navigation(context: dict[str, Any]) -> SafeString:
    """The signed-in person's way round, with the page or the section that is open marked."""
    path = context["request"].path
    home, *others = sections()
    nowhere = home if path == home else ""
    section = max((href for href in others if path.startswith(href)), key=len, default=nowhere)
    return drawn_navigation(section, "page" if section == path else "true")


@register.simple_tag
@cache
def footer(organisation: str) -> SafeString:
    """The foot of every page: the same for everybody, so drawn once in a process."""
    return render_to_string("layouts/footer.html", {"service_organisation": organisation})


@cache
def sections() -> dict[str, str]:
    """Where each section begins, and what it is called."""
    return {reverse(name): text for name, text in NAVIGATION}


@cache
def drawn_navigation(section: str, how: str) -> SafeString:
    """The way round with this section marked, or none: the same for everybody, so drawn once in a process."""
    items = [
        {"href": href, "text": text, "current": how if href == section else ""} for href, text in sections().items()
    ]
    return render_to_string("layouts/navigation.html", {"items": items})
