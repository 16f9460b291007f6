"""The Celery application and the whole beat schedule, in one place.

Rows are the record of work (ADR 0002): every entry below is a sweep for rows whose message was
lost, so that a killed worker or an emptied broker only delays.
"""

import os
from typing import Any

from celery import Celery

from config import file_transport

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

file_transport.register()
app = Celery("kiemtin")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "sweep-unmatched-reports": {"task": "factcheck.sweep_reports", "schedule": 30.0},
    "sweep-unread-pictures": {"task": "intake.sweep_pictures", "schedule": 60.0},
    "sweep-read-pictures": {"task": "factcheck.sweep_pictures", "schedule": 60.0},
    "sweep-pending-notifications": {"task": "factcheck.sweep_notifications", "schedule": 60.0},
    "sweep-pending-archives": {"task": "factcheck.sweep_archives", "schedule": 120.0},
    "sweep-unread-copies": {"task": "factcheck.sweep_copies", "schedule": 120.0},
    "sweep-unread-picture-copies": {
        "task": "factcheck.sweep_picture_copies",
        "schedule": 120.0,
    },
    "sweep-unpacked-wordings": {"task": "factcheck.pack_index", "schedule": 60.0},
    "sweep-wordings-without-vector": {
        "task": "factcheck.sweep_wordings",
        "schedule": 60.0,
    },
    "sweep-undecidable-cases": {"task": "factcheck.sweep_undecidable", "schedule": 3600.0},
    "sweep-resting-cases": {"task": "factcheck.sweep_resting", "schedule": 3600.0},
    "sweep-unconfirmed-closings": {"task": "factcheck.sweep_closings", "schedule": 3600.0},
    "purge-closed-cases": {"task": "factcheck.purge_closed", "schedule": 3600.0},
    "sweep-unsent-messages": {"task": "channels.sweep_messages", "schedule": 30.0},
    "purge-sent-messages": {"task": "channels.purge_sent", "schedule": 3600.0},
    "purge-expired-contacts": {"task": "intake.purge_expired", "schedule": 3600.0},
}

# Messages enqueued before version 0.1.0 may still wait in the broker under these names; 0.2.0 drops
# them. `factcheck.tasks.tell_reporters`, whose argument differs, is in factcheck/tasks.py.
FORMER_TASK_NAMES = {
    **{
        f"factcheck.tasks.{name}": f"factcheck.{name}"
        for name in (
            *("match_report", "match_picture", "fetch_archive", "embed_wording", "pack_index"),
            *("sweep_reports", "sweep_pictures", "sweep_archives", "sweep_wordings"),
            "purge_closed",
        )
    },
    "factcheck.tasks.tell_about": "factcheck.notify_reporters",
    "factcheck.tasks.sweep_tellings": "factcheck.sweep_notifications",
    **{
        f"intake.tasks.{name}": f"intake.{name}"
        for name in ("purge_expired", "read_picture", "sweep_pictures")
    },
    **{
        f"channels.tasks.{name}": f"channels.{name}"
        for name in ("deliver_message", "sweep_messages", "purge_sent")
    },
}


@app.on_after_finalize.connect
def register_former_names(sender: Celery, **kwargs: Any) -> None:
    for former, name in FORMER_TASK_NAMES.items():
        sender.tasks[former] = sender.tasks[name]
