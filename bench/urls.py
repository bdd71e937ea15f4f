"""Keel's addresses, and a page that does nothing."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def bare(request: HttpRequest) -> HttpResponse:
    """What any page costs that asks for no session, no person and no row."""
    return HttpResponse("ok")


urlpatterns = [path("bare/", bare, name="bare"), *urlpatterns]
