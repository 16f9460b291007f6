from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from channels import tasks
from channels.domain.outbox import queue_message
from channels.enums import MessageState
from channels.models import Message
from config.celery import app

pytestmark = pytest.mark.django_db


@pytest.fixture
def message() -> Message:
    return queue_message(
        channel="email", to="a@example.vn", subject="s", body="b", purpose="p", dedupe_key="k"
    )


def test_deliver_message_run_twice_sends_once(message: Message) -> None:
    tasks.deliver_message(message.pk)
    tasks.deliver_message(message.pk)
    assert len(mail.outbox) == 1


def test_sweep_messages_leaves_rows_as_they_are(message: Message) -> None:
    tasks.sweep_messages()
    message.refresh_from_db()
    assert message.state == MessageState.PENDING


def test_purge_sent_empties_old_rows(message: Message) -> None:
    tasks.deliver_message(message.pk)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        tasks.purge_sent()
    message.refresh_from_db()
    assert message.recipient_encrypted == ""


def test_scheduled_tasks_exist() -> None:
    app.loader.import_default_modules()
    scheduled = {
        entry["task"]
        for entry in app.conf.beat_schedule.values()
        if entry["task"].startswith("channels.")
    }
    assert scheduled == {"channels.sweep_messages", "channels.purge_sent"}
    assert scheduled <= set(app.tasks)
