"""Editors write, review, publish, retire and bring back strategies. What people wrote for themselves is not here."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from apps.coping import actions, admin_suggested  # noqa: F401  what people suggest is registered there
from apps.coping.comparing import compared
from apps.coping.editing import VersionForm
from apps.coping.library import FIELD_NAMES
from apps.coping.models import CODED_FIRST, Strategy, StrategyVersion, WrongState
from apps.core.sources import SOURCES
from apps.core.staff import StaffAdmin, staff_site
from apps.core.text import clean_text

LONGEST_NOTE = 1000  # characters


class EditorAdmin(StaffAdmin):
    """The page of a strategy or of a version: its `acts` are methods of the page, and say what was done."""

    def perform(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Do what the button says, or say why it cannot be done."""
        row, act = self.get_object(request, unquote(object_id)), self.acts.get(request.POST["act"])
        if row is None or act is None or not self.may_act(request):
            raise Http404
        strategy = strategy_of(row)  # asked before: a discarded draft may take it along
        try:
            with transaction.atomic():
                locked = get_object_or_404(self.model.objects.select_for_update(), pk=row.pk)
                done = getattr(self, act)(request, locked)
                note(request, strategy, done)
        except WrongState as error:
            kept = request.POST.get("note", "").strip()[:LONGEST_NOTE]
            messages.error(request, f"{error} Your note was: {kept}" if kept else str(error))
        else:
            messages.success(request, f"{done}.")
        if Strategy.objects.filter(pk=strategy.pk).exists():
            return redirect("admin:coping_strategy_change", strategy.pk)
        return redirect("admin:coping_strategy_changelist")

    def may_act(self, request: HttpRequest) -> bool:
        """Whether this person is an editor; which row they may act on is the row's own rule."""
        return admin.ModelAdmin.has_change_permission(self, request)


def strategy_of(row: Strategy | StrategyVersion) -> Strategy:
    """The strategy that a row is or belongs to."""
    return row if isinstance(row, Strategy) else row.strategy


def note(request: HttpRequest, strategy: Strategy, what: str) -> None:
    """Keep what an editor did, in the strategy's history; what they wrote is in the version alone."""
    LogEntry.objects.log_actions(request.user.pk, [strategy], CHANGE, what, single_object=True)


@admin.register(Strategy, site=staff_site)
class StrategyAdmin(EditorAdmin):
    """Every strategy, what became of it, and its versions."""

    list_display = ["called", "state", "in_work", "code"]
    list_display_links = ["called"]
    list_filter = ["state"]
    ordering = [CODED_FIRST, "slug"]
    fields = ["code", "slug", "state"]
    acts = {"retire": "retire", "bring back": "bring_back"}

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Strategy]:
        """Each with its versions, newest first, in one more query for all."""
        versions = StrategyVersion.objects.select_related("editor", "reviewer").order_by("-number")
        return super().get_queryset(request).prefetch_related(models.Prefetch("versions", versions))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never here: a strategy begins with its first version."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Strategy | None = None) -> bool:
        """Never by a form: what it says lies in its versions, and what becomes of it is done by buttons."""
        return obj is None and super().has_change_permission(request)

    @admin.display(description="name")
    def called(self, strategy: Strategy) -> str:
        """What its newest version calls it."""
        return strategy.versions.all()[0].name

    @admin.display(description="in the works")
    def in_work(self, strategy: Strategy) -> str:
        """Its version that is not published yet."""
        newest = strategy.versions.all()[0]
        done = newest.state == StrategyVersion.State.PUBLISHED
        return "" if done else f"Version {newest.number}: {newest.get_state_display().lower()}, by {newest.written_by}"

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """The page, with its versions and what this person may do."""
        versions = context["original"].versions.all()
        context |= {"title": versions[0].name, "subtitle": None, "versions": versions, "newest": versions[0]}
        return super().render_change_form(request, context | {"may_act": self.may_act(request)}, **kwargs)

    def retire(self, request: HttpRequest, strategy: Strategy) -> str:
        """Take it out of the library."""
        strategy.retire()
        return "Retired the strategy"

    def bring_back(self, request: HttpRequest, strategy: Strategy) -> str:
        """Put it back into the library."""
        strategy.bring_back()
        return "Brought the strategy back"


@admin.register(StrategyVersion, site=staff_site)
class VersionAdmin(EditorAdmin):
    """One version: a form for its writer, and for everybody else what it says, beside the one before."""

    pages = ("add", "change")
    form = VersionForm
    fields = [*FIELD_NAMES, "of", "seen"]
    acts = {"publish": "publish", "send back": "send_back", "discard": "discard"}

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not on the front page: versions are found at their strategy."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: StrategyVersion | None = None) -> bool:
        """Editors; and the form is for whose draft it is."""
        return super().has_change_permission(request) and (obj is None or obj.may_be_changed_by(request.user))

    def get_fields(self, request: HttpRequest, obj: StrategyVersion | None = None) -> list[str]:
        """What is only read is drawn as a comparison instead."""
        return self.fields if obj is None or self.has_change_permission(request, obj) else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new version starts from what the newest one says."""
        strategies = self.admin_site.get_model_admin(Strategy)
        strategy = strategies.get_object(request, request.GET.get("strategy", ""))
        return {"of": strategy} | strategy.versions.all()[0].content.as_fields() if strategy else {}

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """The page, with the comparison and what this person may do."""
        version = context["original"]
        context |= {"title": str(version) if version else "Write a version", "subtitle": None}
        context["all_sources"] = SOURCES.values()
        if version:
            before = version.strategy.versions.filter(number__lt=version.number).last()
            context |= {
                "rows": compared(version.content, before.content if before else None),
                "before": before,
                "is_own": version.editor == request.user,
                "may_act": self.may_act(request),
            }
        return super().render_change_form(request, context, **kwargs)

    def save_form(self, request: HttpRequest, form: ModelForm, change: bool) -> StrategyVersion:
        """Keep what was written; by the second button, hand it to the other editors as well."""
        version = self.written(request, form, change)
        if "_send" in request.POST:
            version.send_for_review(by=request.user)
        return version

    def written(self, request: HttpRequest, form: VersionForm, change: bool) -> StrategyVersion:
        """The draft, changed or begun."""
        if change:
            form.instance.rewrite(form.content, by=request.user)
            return form.instance
        if strategy := form.cleaned_data["of"]:
            return actions.write_version(by=request.user, strategy=strategy, content=form.content)
        return actions.write_strategy(by=request.user, slug=form.slug, content=form.content)

    def save_model(self, *args: Any) -> None:
        """Nothing: `save_form` has kept it."""

    def save_related(self, *args: Any) -> None:
        """Nothing is related."""

    def log_addition(self, request: HttpRequest, obj: StrategyVersion, message: Any) -> None:
        """Keep in the strategy's history who wrote or sent which version."""
        did = "Wrote" if obj.state == StrategyVersion.State.DRAFT else "Wrote and sent for review"
        note(request, obj.strategy, f"{did} version {obj.number}")

    log_change = log_addition

    def response_add(
        self, request: HttpRequest, obj: StrategyVersion, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Back to the draft; or, once it was sent, to the strategy."""
        if obj.state == StrategyVersion.State.DRAFT:
            messages.success(request, "Draft saved.")
            return redirect("admin:coping_strategyversion_change", obj.pk)
        messages.success(request, "Sent for review. Somebody else can publish it now.")
        return redirect("admin:coping_strategy_change", obj.strategy_id)

    response_change = response_add

    def publish(self, request: HttpRequest, version: StrategyVersion) -> str:
        """Publish what this person has read, and nothing that was changed meanwhile."""
        if request.POST.get("seen") != version.digest:
            raise WrongState("This version was changed since you opened it. Read it again before you publish it.")
        actions.publish_version(by=request.user, version=version)
        return f"Published version {version.number}"

    def send_back(self, request: HttpRequest, version: StrategyVersion) -> str:
        """Give it back to its writer, who needs no note from herself."""
        try:
            words = clean_text(request.POST.get("note", "")).strip()[:LONGEST_NOTE]
        except ValidationError as error:
            raise WrongState(f"{error.messages[0]}. Nothing was sent back.") from error
        if not words and version.editor != request.user:
            raise WrongState("Say in the note what to change. Nothing was sent back.")
        version.send_back(note=words)
        return f"Sent version {version.number} back"

    def discard(self, request: HttpRequest, version: StrategyVersion) -> str:
        """Throw a draft away, once the box is ticked."""
        if not request.POST.get("sure"):
            raise WrongState("Tick the box to discard the draft. Nothing was discarded.")
        actions.discard_version(by=request.user, version=version)
        return f"Discarded the draft of version {version.number}"
