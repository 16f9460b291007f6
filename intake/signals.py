"""Signals that apps above intake receive."""

from django.dispatch import Signal

# Sent once per report, after its transaction is committed, with ``report_id``. A receiver only
# enqueues work; if it fails, the sweep of unmatched reports finds the row.
report_received = Signal()

# Sent each time a screenshot's text is stored, with ``report_id``; the same applies to its
# receivers.
screenshot_read = Signal()

# Sent inside the transaction in which a sender objects to an answer, with ``report_id``.
join_objected = Signal()
