from importlib import import_module

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "channels"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("channels.tasks")  # every name that is enqueued is registered
        import_module("channels.receivers")  # connects them
