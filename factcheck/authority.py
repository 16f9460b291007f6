"""Authority: every act that changes what an asker is told passes here, and gets its row.

A verdict is the act of publishing, correcting, retracting and replying privately: submitting it is
the proposal, the second person's approval the confirmation. Who may do either is decided by
``factcheck.permissions``; that both are two people is checked again here and by the database, which
refuses an approved verdict without its confirmed act.
"""

from accounts.domain import guarded_acts
from accounts.enums import GuardedKind
from accounts.models import GuardedAct, Unit, User
from factcheck.models import Verdict


def propose_verdict(verdict: Verdict) -> GuardedAct:
    """Put the submitted verdict before a second person, in the name of its author."""
    details = {"case": verdict.case_id, "kind": str(verdict.kind), "rating": verdict.rating}
    return guarded_acts.propose(
        GuardedKind.VERDICT,
        guarded_acts.subject_of(verdict),
        details={**details, "reach": verdict.reach},
        by=verdict.written_by,
        unit=verdict.author_unit,
    )


def _pending(verdict: Verdict) -> GuardedAct:
    """Its proposal; made now for a verdict that was submitted before acts were recorded."""
    subject = guarded_acts.subject_of(verdict)
    act = guarded_acts.pending(GuardedKind.VERDICT, subject).last()
    return act or propose_verdict(verdict)


def confirm_verdict(verdict: Verdict, *, by: User, unit: Unit) -> GuardedAct:
    """Confirm the verdict in the reviewer's name, before its row becomes approved.

    Raises:
        SamePerson: author and reviewer seem to be one person.
    """
    return guarded_acts.confirm(_pending(verdict), by=by, unit=unit)


def decline_verdict(verdict: Verdict, *, by: User, unit: Unit) -> GuardedAct:
    """Note that the second person returned it; the reason stays with the verdict."""
    return guarded_acts.decline(_pending(verdict), by=by, unit=unit)


def end_verdict(verdict: Verdict, *, by: User) -> None:
    """End the act of a verdict that is withdrawn, whether still in review or already approved."""
    subject = guarded_acts.subject_of(verdict)
    unit = verdict.case.unit
    for act in guarded_acts.pending(GuardedKind.VERDICT, subject):
        guarded_acts.withdraw(act, by=by, unit=unit)
    for act in guarded_acts.confirmed(GuardedKind.VERDICT, subject):
        guarded_acts.revoke(act, by=by, unit=unit)
