"""Evidence rules: which citation a verdict needs. Each rating has one of them, or none.

The rule "grounded" on ``factcheck_noticeversion`` repeats them in the database.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from factcheck.enums import SourceField, Stance


@dataclass(frozen=True, kw_only=True)
class EvidenceRule:
    """Which citation a verdict needs. Every citation that counts has a quote.

    An official one comes from a primary or official source and has an archived copy; any other one
    needs an address or an archived copy. How each is proved is the same for all:
    ``factcheck.domain.editorial.proof``.
    """

    official: bool
    stances: frozenset[Stance]
    sentence: Promise  # what to say when there is none, with %(verdict)s
    fields: frozenset[SourceField] = frozenset(SourceField)  # of the source
    dated: bool = False  # the date of the document is required
    outside: bool = False  # what a concerned unit says about itself is quoted, never counted


OFFICIAL_REFUTATION = EvidenceRule(
    official=True,
    stances=frozenset({Stance.REFUTES}),
    sentence=_("“%(verdict)s” needs an official source that refutes the claim."),
    dated=True,
    outside=True,
)
OFFICIAL_REFUTATION_OR_CONTEXT = EvidenceRule(
    official=True,
    stances=frozenset({Stance.REFUTES, Stance.CONTEXT}),
    sentence=_("“%(verdict)s” needs an official source that refutes the claim or gives context."),
    dated=True,
    outside=True,
)
OFFICIAL_WARNING = EvidenceRule(
    official=True,
    stances=frozenset({Stance.REFUTES, Stance.CONTEXT}),
    sentence=_(
        "“%(verdict)s” needs an official source on health, police, finance, online safety or "
        "child safety that refutes the claim or gives context."
    ),
    fields=frozenset(
        {
            SourceField.HEALTH,
            SourceField.POLICE,
            SourceField.FINANCE,
            SourceField.CYBER,
            SourceField.CHILD_SAFETY,
        }
    ),
    dated=True,
)
ANY_CITATION = EvidenceRule(
    official=False,
    stances=frozenset(Stance),
    sentence=_("“%(verdict)s” needs evidence with an address or an archived copy."),
)
CITATION_FROM_OUTSIDE = EvidenceRule(
    official=False,
    stances=frozenset(Stance),
    sentence=_("“%(verdict)s” needs evidence with an address or an archived copy."),
    outside=True,
)
STRICTEST = OFFICIAL_REFUTATION
