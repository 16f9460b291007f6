"""The approver's page: the verdict as it would be published, and what each button does."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from desk.presenters import formatting
from desk.presenters.abilities import refusal_reason
from desk.presenters.verdict_text import paragraphs, tag_labels
from factcheck import permissions
from factcheck.domain import notifications
from factcheck.domain.cases import demand
from factcheck.domain.editorial import proof
from factcheck.models import Case, Verdict
from factcheck.states import Verb


def consequences(reports: int) -> dict[str, str]:
    """What each button does, in numbers, before it is pressed."""
    answered = ngettext(
        "%(n)d report gets this answer on the tracking page, and by e-mail where asked for",
        "%(n)d reports get this answer on the tracking page, and by e-mail where asked for",
        reports,
    ) % {"n": reports}
    return {
        "consequence_publish": _(
            "the notice is public at once for everybody, and %(asked)s. "
            "A published version cannot be deleted, only corrected or retracted openly."
        )
        % {"asked": answered},
        "consequence_answer": _("%(asked)s. Nothing appears on the public site.")
        % {"asked": answered},
    }


def publication_context(case: Case, verdict: Verdict, user: User) -> dict[str, Any]:
    total = demand.measure(case)
    return {
        "nav": "review",
        "case": case,
        "verdict": verdict,
        "evidence": proof.cited(case),
        "text": paragraphs(verdict, None),
        "tags": tag_labels(verdict),
        "due": formatting.due(case.due_at),
        "demand": total,
        "can": permissions.abilities(case, user),
        "is_public": notifications.current_version(case) is not None,
        "refusal": refusal_reason(permissions.check_can, Verb.PUBLISH, case, user),
        **consequences(total.reports),
    }
