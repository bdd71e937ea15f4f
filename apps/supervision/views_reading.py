"""What a supervisor reads. Each view starts at a door: what was not shared with them is simply not there."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from apps.supervision.models import SupervisionLink


@require_safe
def shared_list(request: HttpRequest) -> HttpResponse:
    """Those one supervises, and what they share."""
    links = SupervisionLink.objects.supervised_by(request.user).standing().by_practitioner()
    return TemplateResponse(request, "supervision/shared_list.html", {"links": links})
