"""Addresses of the pages that join the apps, or belong to none."""

from django.urls import path

from apps.home import views

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path("support/", views.support, name="support"),
    path("about/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("identifiers/", views.identifiers_find, name="identifiers_find"),
    path("health/live/", views.health_live, name="health_live"),
    path("health/ready/", views.health_ready, name="health_ready"),
]
