from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Django's entry to this app."""

    name = "apps.home"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Look at what a service may not start without."""
        from apps.home import checks

        checks.stop_where_nobody_is_helped()
