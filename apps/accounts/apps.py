from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Django's entry to this app."""

    name = "apps.accounts"
    default_auto_field = "django.db.models.BigAutoField"
