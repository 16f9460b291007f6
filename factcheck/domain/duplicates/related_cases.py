"""Cases connected with a case, as far as a user may see them: related, canonical, to merge into."""

from django.db.models import Q

from accounts.exceptions import DomainError
from accounts.models import User
from factcheck import merge_tree, permissions
from factcheck.enums import PairKind
from factcheck.models import Case, NoticeVersion, PairDecision
from factcheck.states import Verb


def related(case: Case, user: User) -> list[Case]:
    """Cases a person noted as related that the user may see too."""
    pairs = PairDecision.objects.filter(
        Q(case=case) | Q(other=case), kind=PairKind.RELATED, undone_at=None
    ).values_list("case", "other")
    ids = {pk for pair in pairs for pk in pair} - {case.pk}
    return list(permissions.visible_cases(user).filter(pk__in=ids)) if ids else []


def visible_canonical(case: Case, user: User) -> Case | None:
    """The case this one was merged into, where the user may see it."""
    if case.merged_into_id is None:
        return None
    return permissions.visible_cases(user).filter(pk=merge_tree.canonical(case).pk).first()


def merge_target(number: int, user: User) -> Case | None:
    """The case with this number, if the user may see it or it has a public notice."""
    public = NoticeVersion.objects.filter(is_current=True).values("notice__case")
    visible = permissions.visible_cases(user).order_by().values("pk")
    return Case.objects.filter(Q(pk__in=visible) | Q(pk__in=public), number=number).first()


def merge_direction(case: Case, other: Case, user: User) -> tuple[Case, Case] | None:
    """Which of the two would be merged into which: the younger into the older, unless only the
    other way is possible. None when neither is."""
    younger, older = sorted((case, other), key=lambda row: -row.number)
    for source, into in ((younger, older), (older, younger)):
        try:
            permissions.check_can(Verb.MERGE, source, user)
        except DomainError:
            continue
        return source, into
    return None
