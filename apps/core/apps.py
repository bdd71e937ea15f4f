from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Django's entry to this app."""

    name = "apps.core"
    default_auto_field = "django.db.models.BigAutoField"
