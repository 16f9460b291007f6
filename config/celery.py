"""The Celery application and the whole beat schedule, in one place.

The broker is never the record of work: rows are. Every schedule below is a sweep that finds rows
whose message was lost, so that a killed worker or an emptied broker only delays.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("kiemtin")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "sweep-unmatched-reports": {"task": "factcheck.tasks.sweep_reports", "schedule": 30.0},
    "sweep-unread-pictures": {"task": "intake.tasks.sweep_pictures", "schedule": 60.0},
    "sweep-read-pictures": {"task": "factcheck.tasks.sweep_pictures", "schedule": 60.0},
    "sweep-untold-reporters": {"task": "factcheck.tasks.sweep_tellings", "schedule": 60.0},
    "sweep-pending-archives": {"task": "factcheck.tasks.sweep_archives", "schedule": 120.0},
    "sweep-unpacked-wordings": {"task": "factcheck.tasks.pack_index", "schedule": 60.0},
    "sweep-wordings-without-vector": {
        "task": "factcheck.tasks.sweep_wordings",
        "schedule": 60.0,
    },
    "purge-closed-cases": {"task": "factcheck.tasks.purge_closed", "schedule": 3600.0},
    "sweep-unsent-messages": {"task": "channels.tasks.sweep_messages", "schedule": 30.0},
    "purge-sent-messages": {"task": "channels.tasks.purge_sent", "schedule": 3600.0},
    "purge-expired-contacts": {"task": "intake.tasks.purge_expired", "schedule": 3600.0},
}
