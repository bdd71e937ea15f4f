"""Who to turn to, for pages of other apps that have to say it in full: on paper no link leads there."""

from typing import Any

from django import template

from apps.home.support import support

register = template.Library()


@register.inclusion_tag("home/support_routes.html")
def support_routes() -> dict[str, Any]:
    """The national lines of "Need support now", one sentence each."""
    return {"routes": support().routes}
