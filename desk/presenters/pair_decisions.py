"""What a user is shown after a decision about two cases: a sentence, and the case to go on with."""

from django.utils.translation import gettext as _

from accounts.models import User
from factcheck import permissions
from factcheck.enums import PairKind
from factcheck.models import Case


def merged_sentence(case: Case, into: Case) -> str:
    return _(
        "%(case)s is now part of %(into)s. The merge can be undone on the page of %(case)s."
    ) % {"case": case.code, "into": into.code}


def proposed_sentence() -> str:
    return _(
        "Proposed. The answer is fixed, so a second person has to confirm; until then nobody is "
        "told anything."
    )


def case_after_merge(case: Case, into: Case, user: User) -> Case:
    """The case the reports belong to now, or the merged one where the user may not see that: it is
    another unit's public case."""
    is_visible = permissions.visible_cases(user).filter(pk=into.pk).exists()
    return into if is_visible else case


def distinct_sentence(decision: str) -> str:
    if decision == PairKind.RELATED:
        return _("Noted as related; both stay cases of their own.")
    return _("Noted: not a duplicate. It will not be suggested again.")
