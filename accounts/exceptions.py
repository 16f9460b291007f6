"""Errors of the accounts app; ``str()`` gives a sentence for the person who was refused."""


class DomainError(Exception):
    """An app's rules refused an action, and nothing was changed.

    The base of every such exception in the domain apps; the pages show its sentence as a message.
    """


class AccountsError(DomainError):
    """Something about accounts or units that cannot be done, and why."""


class NotAllowed(AccountsError):
    """The person's roles do not allow it."""


class SamePerson(NotAllowed):
    """Two accounts that seem to belong to one person tried to act as two."""


class InvitationRefused(AccountsError):
    """This invitation link does not work (unknown, used or expired)."""


class AccountExists(AccountsError):
    """The invited address has an account already: its owner signs in and accepts."""
