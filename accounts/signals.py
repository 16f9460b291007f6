"""Signals of the accounts app, sent inside the transaction that makes the change."""

from django.dispatch import Signal

# invitation: Invitation, link: str (the only place where the plain link exists), language: str
invited = Signal()
