from celery import shared_task


@shared_task
def deliver_message(message_id: int) -> None:
    """Try one message now; harmless when it was sent or is being sent."""
    from channels.domain import outbox

    outbox.deliver(message_id)


@shared_task
def sweep_messages() -> None:
    """Find messages whose turn has come, or whose sender died."""
    from channels.domain import outbox

    outbox.sweep()


@shared_task
def purge_sent() -> None:
    """Empty old messages of addresses and texts."""
    from channels.domain import outbox

    outbox.purge_sent()
