"""Addresses of the coping library; `/coping/plans/` is the journal's."""

from django.urls import path

from apps.coping import views

app_name = "coping"
urlpatterns = [
    path("", views.strategy_list, name="strategy_list"),
    path("<slug:slug>/", views.strategy_detail, name="strategy_detail"),
]
