"""Addresses under one's own account for all that Keel holds about somebody."""

from django.urls import path

from apps.datarights import views

app_name = "datarights"
urlpatterns = [path("delete/", views.account_delete, name="account_delete")]
