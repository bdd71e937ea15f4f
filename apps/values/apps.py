from django.apps import AppConfig


class ValuesConfig(AppConfig):
    """Django's entry to this app."""

    name = "apps.values"
    default_auto_field = "django.db.models.BigAutoField"
