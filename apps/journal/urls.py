"""Addresses of reflections and of coping plans."""

from django.urls import path

from apps.journal import views, views_phases, views_plans, views_reminders

app_name = "journal"
urlpatterns = [
    path("journal/", views.reflection_list, name="reflection_list"),
    path("journal/new/", views.reflection_start, name="reflection_start"),
    path("journal/paper/", views.paper, name="paper"),
    path("journal/<uuid:pk>/", views.reflection_detail, name="reflection_detail"),
    path("journal/<uuid:pk>/challenge/", views_phases.reflection_challenge, name="reflection_challenge"),
    path("journal/<uuid:pk>/values/", views_phases.reflection_values, name="reflection_values"),
    path("journal/<uuid:pk>/coping/", views_phases.reflection_coping, name="reflection_coping"),
    path("journal/<uuid:pk>/quick/", views_phases.reflection_quick, name="reflection_quick"),
    path("journal/<uuid:pk>/autosave/", views_phases.reflection_autosave, name="reflection_autosave"),
    path("journal/<uuid:pk>/complete/", views.reflection_complete, name="reflection_complete"),
    path("journal/<uuid:pk>/close/", views.reflection_close, name="reflection_close"),
    path("journal/<uuid:pk>/reopen/", views.reflection_reopen, name="reflection_reopen"),
    path("journal/<uuid:pk>/delete/", views.reflection_delete, name="reflection_delete"),
    path("coping/plans/", views_plans.plan_list, name="plan_list"),
    path("coping/plans/reminders/", views_reminders.reminder_edit, name="reminder_edit"),
    path("coping/plans/reminders/stop/", views_reminders.reminder_stop, name="reminder_stop"),
    path("coping/plans/calendar.ics", views_reminders.plan_calendar, name="plan_calendar"),
    path("coping/plans/<uuid:pk>/", views_plans.plan_look_back, name="plan_look_back"),
]
