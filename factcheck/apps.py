from importlib import import_module

from django.apps import AppConfig


class FactcheckConfig(AppConfig):
    name = "factcheck"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("factcheck.tasks")
        # Connects intake's "a report has arrived" to matching: the one hop against the flow.
        import_module("factcheck.receivers")
        import_module("factcheck.checks")
