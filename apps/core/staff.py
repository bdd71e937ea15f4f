"""The staff pages under `/admin/`: Django's admin, with the doors and the page rules of the rest of Keel."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.forms.renderers import DjangoTemplates
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver

# Sign-in, sign-out and passwords are allauth's. `view_on_site` would lead to rows of any kind, reflections too.
LEFT_OUT = {"login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n", "view_on_site"}


class StaffSite(admin.AdminSite):
    """What staff may manage. To everybody else there is nothing here."""

    index_title = "Staff pages"
    enable_nav_sidebar = False
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff alone. Whether they gave a second factor is to be asked here."""
        return super().has_permission(request)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """The view, which is not there for whoever may not use it: a 403 would tell that it is."""

        def view_or_nothing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except PermissionDenied as error:
                raise Http404 from error

        guarded = super().admin_view(view_or_nothing, cacheable)

        def staff_alone(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.has_permission(request):
                raise Http404
            return guarded(request, *args, **kwargs)

        return staff_alone

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's addresses without those that are left out."""
        return [url for url in super().get_urls() if getattr(url, "name", None) not in LEFT_OUT]


class StaffForm(forms.ModelForm):
    """A form drawn with Django's own templates, which the admin's styles are made for."""

    default_renderer = DjangoTemplates


class StaffAdmin(admin.ModelAdmin):
    """How staff manage one kind of row: nothing is deleted, and no page needs a script."""

    pages: tuple[str, ...] = ("changelist", "change", "history")
    form = StaffForm
    acts: dict[str, str] = {}  # what a button on the page of a row sends, and the method that does it
    actions = None
    view_on_site = False

    @property
    def media(self) -> forms.Media:
        """No scripts: jQuery breaks under our content policy, and nothing here needs it."""
        return forms.Media()

    def get_urls(self) -> list[URLPattern]:
        """The addresses of `pages`."""
        names = {f"{self.opts.app_label}_{self.opts.model_name}_{page}" for page in self.pages}
        return [url for url in super().get_urls() if url.name in names]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list under its plain name."""
        title = {"title": str(self.opts.verbose_name_plural).capitalize()}
        return super().changelist_view(request, title | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of a row; or, by one of its buttons, the act."""
        if self.acts and request.method == "POST" and "act" in request.POST:
            return self.perform(request, object_id)
        return super().change_view(request, object_id, form_url, extra_context)

    def perform(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Do what the button says, or say why it cannot be done."""
        raise NotImplementedError  # whoever names acts writes how they are done, as both that do have

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """By the list's own filters alone: Django would let an address ask for the start of a password's hash."""
        return lookup in {f"{name}__exact" for name in self.list_filter} and "\0" not in value

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: what is wrong is retired or deactivated, so that nobody's words go by accident."""
        return False

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404


staff_site = StaffSite()
