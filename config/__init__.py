"""Configuration: settings, URLs, logs, the Celery application with the whole beat schedule."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
