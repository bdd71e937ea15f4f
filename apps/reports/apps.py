from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Django's entry to this app."""

    name = "apps.reports"
    default_auto_field = "django.db.models.BigAutoField"
