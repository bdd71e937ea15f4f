from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Django's entry to this app."""

    name = "apps.journal"
    default_auto_field = "django.db.models.BigAutoField"
