from celery import shared_task


@shared_task
def purge_expired() -> None:
    """Retention, hourly: may run twice, or late, without harm."""
    from intake.domain import retention

    retention.purge_expired()
