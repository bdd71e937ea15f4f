"""The address of one's own account; signing in, passwords and addresses are allauth's, under `/accounts/`."""

from django.urls import path

from apps.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("name/", views.account_name, name="account_name"),
]
