"""Addresses of the author's own counts."""

from django.urls import path

from apps.insights import views

app_name = "insights"
urlpatterns = [
    path("", views.insights, name="insights"),
    path("evidence/", views.evidence, name="evidence"),
]
