"""Errors of the accounts app; ``str()`` gives a sentence for the person who was refused."""


class AccountsError(Exception):
    """Something about accounts or units that cannot be done, and why."""


class NotAllowed(AccountsError):
    """The person's roles do not allow it."""


class InvitationRefused(AccountsError):
    """This invitation link does not work (unknown, used or expired)."""


class AccountExists(AccountsError):
    """The invited address has an account already: its owner signs in and accepts."""
