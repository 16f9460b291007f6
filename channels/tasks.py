from celery import shared_task

from channels.domain import outbox


@shared_task(name="channels.deliver_message")
def deliver_message(message_id: int) -> None:
    """Try one message now; harmless when it was sent or is being sent."""
    outbox.deliver(message_id)


@shared_task(name="channels.sweep_messages")
def sweep_messages() -> None:
    """Find messages that are due, or whose worker died."""
    outbox.sweep()


@shared_task(name="channels.purge_sent")
def purge_sent() -> None:
    """Empty old messages of addresses and texts."""
    outbox.purge_sent()
