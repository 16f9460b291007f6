"""The dated links between units: a new link ends the one before, nothing is rewritten."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.memberships import check_can_manage
from accounts.enums import LinkKind
from accounts.exceptions import AccountsError
from accounts.models import Unit, UnitLink, User
from audit.domain.log import record
from audit.enums import AuditEvent


@transaction.atomic
def link(
    parent: Unit,
    child: Unit,
    kind: LinkKind | str,
    *,
    valid_from: date | None = None,
    valid_to: date | None = None,
    by: User | None,
) -> UnitLink:
    """Link the child to a parent. An open link of the same kind ends on ``valid_from`` and stays
    valid for the time before.

    Raises:
        NotAllowed: ``by`` does not administer both units.
        AccountsError: it would make a cycle, or end a link that began later.
    """
    check_can_manage(by, parent)
    check_can_manage(by, child)
    start = valid_from or timezone.localdate()
    created = create_link(parent, child, LinkKind(kind), start, valid_to)
    record(
        AuditEvent.UNIT_LINKED, child, by=by, parent=parent.pk, kind=created.kind, valid_from=start
    )
    return created


def create_link(
    parent: Unit, child: Unit, kind: LinkKind, start: date, end: date | None
) -> UnitLink:
    if parent.pk in Unit.objects.subtree_ids([child.pk], start):
        raise AccountsError(
            _("“%(child)s” is above “%(parent)s” already: the link would make a cycle.")
            % {"child": child.name, "parent": parent.name}
        )
    if end is not None and end <= start:
        raise AccountsError(_("The end must be later than the day the link began."))
    _end_open_links(child, kind, start)
    return UnitLink.objects.create(
        parent=parent, child=child, kind=kind, valid_from=start, valid_to=end
    )


def _end_open_links(child: Unit, kind: LinkKind, start: date) -> None:
    open_links = UnitLink.objects.filter(child=child, kind=kind, valid_to__isnull=True)
    if open_links.filter(valid_from__gt=start).exists():
        raise AccountsError(
            _("A later link of this kind exists: choose a date after it began, or end it first.")
        )
    open_links.filter(valid_from=start).delete()  # valid for no day at all
    open_links.update(valid_to=start)


@transaction.atomic
def end_link(link: UnitLink, on: date, *, by: User | None) -> UnitLink:
    """End the link on ``on``: it is valid until the day before."""
    check_can_manage(by, link.child)
    if on <= link.valid_from:
        raise AccountsError(_("The end must be later than the day the link began."))
    link.valid_to = on
    link.save(update_fields=["valid_to"])
    record(AuditEvent.UNIT_LINK_ENDED, link.child, by=by, link=link.pk, valid_to=on)
    return link
