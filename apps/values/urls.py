"""Addresses of the values compass."""

from django.urls import path

from apps.values import views

app_name = "values"
urlpatterns = [
    path("", views.compass, name="compass"),
    path("<uuid:pk>/", views.value_detail, name="value_detail"),
    path("choose/", views.compass_choose, name="compass_choose"),
    path("place/", views.compass_place, name="compass_place"),
    path("skip/", views.compass_skip, name="compass_skip"),
]
