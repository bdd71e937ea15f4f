from django.apps import AppConfig


class CopingConfig(AppConfig):
    """Django's entry to this app."""

    name = "apps.coping"
    default_auto_field = "django.db.models.BigAutoField"
