"""Celery and its broker."""

from config.settings.application import TIME_ZONE
from config.settings.environment import VAR_DIR, env

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://localhost")
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
# Screenshots delay screenshots only: a worker takes this queue when told to (--queues).
CELERY_TASK_ROUTES = {
    "intake.read_picture": {"queue": "ocr"},
    "intake.sweep_pictures": {"queue": "ocr"},
    "factcheck.read_picture_copy": {"queue": "ocr"},
    "factcheck.sweep_picture_copies": {"queue": "ocr"},
}
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 90
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
if CELERY_BROKER_URL.startswith("filesystem"):
    _queue = VAR_DIR / "broker"
    for _name in ("messages", "processed", "control"):
        (_queue / _name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        # One folder for both: what web writes, the worker reads.
        "data_folder_in": str(_queue / "messages"),
        "data_folder_out": str(_queue / "messages"),
        "processed_folder": str(_queue / "processed"),
        "control_folder": str(_queue / "control"),
        "store_processed": False,
        # The transport sleeps so long (seconds) whenever it has nothing to hand out, also between
        # two tasks; at kombu's one second, two tasks a second run on an idle machine.
        "polling_interval": 0.05,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600}
# Only for publishing from a request (channels.dispatch): a frozen broker costs half a second,
# once. A worker that waits for messages must not have such timeouts.
BROKER_PUBLISH_OPTIONS = {
    "max_retries": 0,  # of the connection; without it kombu tries for six seconds
    "socket_connect_timeout": 0.5,  # Redis
    "socket_timeout": 0.5,
    "connect_timeout": 0.5,  # RabbitMQ
    "read_timeout": 0.5,
    "write_timeout": 0.5,
}
