"""Acts of closing a case about oneself: ended when somebody works on the case, marked when nobody
outside answered in time."""

from accounts.domain import guarded_acts
from accounts.domain.guarded_acts import LAPSED, subject_of
from accounts.enums import GuardedKind
from accounts.models import GuardedAct, User
from factcheck.enums import CaseStatus
from factcheck.models import Case


def end(case: Case, *, by: User | None) -> None:
    """End the proposals and confirmed acts of closing this case: it is worked on again."""
    subject = subject_of(case)
    for act in guarded_acts.pending(GuardedKind.CLOSING, subject):
        guarded_acts.withdraw(act, by=by, unit=case.unit)
    for act in guarded_acts.confirmed(GuardedKind.CLOSING, subject):
        guarded_acts.revoke(act, by=by, unit=case.unit)


def end_unless_proposer(case: Case, *, by: User) -> None:
    """The same, unless the proposer alone goes on with the case."""
    pending = guarded_acts.pending(GuardedKind.CLOSING, subject_of(case))
    if pending.exclude(proposed_by=by).exists():
        end(case, by=by)


def lapsed(case: Case) -> GuardedAct | None:
    """The act under which the closed case ended without anybody outside; None if another did."""
    acts = GuardedAct.objects.filter(kind=GuardedKind.CLOSING, subject=subject_of(case))
    if case.status != CaseStatus.CLOSED or case.closed_at is None:
        return None
    return acts.filter(end_reason=LAPSED, ended_by=None, ended_at__gte=case.closed_at).last()


def closing_act(case: Case) -> GuardedAct | None:
    """The act by which the closed case was closed by a unit that it is about."""
    return guarded_acts.confirmed(GuardedKind.CLOSING, subject_of(case)).last() or lapsed(case)


def unconfirmed_count() -> int:
    """How many cases are closed that nobody outside has looked at."""
    acts = GuardedAct.objects.filter(end_reason=LAPSED, kind=GuardedKind.CLOSING, ended_by=None)
    ids = {int(subject.rpartition(":")[2]) for subject in acts.values_list("subject", flat=True)}
    return sum(lapsed(case) is not None for case in Case.objects.filter(pk__in=ids))
