"""Signals of the accounts app, sent inside the transaction that decided."""

from django.dispatch import Signal

# invitation: Invitation, link: str (the only place where the plain link exists), language: str
invited = Signal()

# to: str, subject: str, body: str, purpose: str: a complete e-mail of the sign-in pages, whose body
# may contain a link that works like a password
mail_composed = Signal()
