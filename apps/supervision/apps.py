from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """Django's entry to this app."""

    name = "apps.supervision"
    default_auto_field = "django.db.models.BigAutoField"
