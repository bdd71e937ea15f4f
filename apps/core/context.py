"""What every page's template knows."""

from django.conf import settings
from django.http import HttpRequest


def service(request: HttpRequest) -> dict[str, str]:
    """What this service is called, who runs it, and where to ask."""
    return {
        "service_name": settings.SERVICE_NAME,
        "service_organisation": settings.SERVICE_ORGANISATION,
        "contact_email": settings.CONTACT_EMAIL,
    }
