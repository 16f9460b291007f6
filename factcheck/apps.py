from django.apps import AppConfig


class FactcheckConfig(AppConfig):
    name = "factcheck"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Connects intake's "a report has arrived" to matching: the one hop against the flow.
        from factcheck import receivers  # noqa: F401  (signal registration is the import)
