from importlib import import_module

from django.apps import AppConfig


class FactcheckConfig(AppConfig):
    name = "factcheck"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("factcheck.tasks")
        # Connects intake's "a report has arrived" to matching: the only step that runs against the
        # order of the layers, so it is a signal.
        import_module("factcheck.receivers")
        import_module("factcheck.checks")
