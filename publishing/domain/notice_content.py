"""Content of published notices as pages show it: versions, texts, evidence and addresses. Reads
notices and their versions alone: no report, no draft and no person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from factcheck.act_first import ActFirst
from factcheck.enums import (
    OriginalSeen,
    Provenance,
    QuoteMatch,
    RequestState,
    Stance,
    Tag,
    VerdictKind,
)
from factcheck.models import Notice, NoticeVersion, Reconsideration
from publishing.domain import render

_PROOF_TEXTS = (
    "signed_by", "host_reason", "before", "after", "original_seen", "original_where",
    "own_letter",
)  # fmt: skip
TITLE_CLAIM_LIMIT = 110  # characters of the claim in a retraction's title


@dataclass(frozen=True)
class CitedEvidence:
    """One piece of evidence as it stood when the version was published."""

    source: str
    stance: str  # an enums.Stance value
    title: str
    url: str
    quote: str
    document_number: str
    document_date: date | None
    accessed_on: date | None
    sha256: str
    number: int  # from 1, in the order of the version
    provenance: str | None  # an enums.Provenance value; None: not recorded
    signed_by: str
    host_reason: str  # why the address is not one of the source's own; "" when it is
    before: str  # the sentence before the quotation in the copy, and the one after
    after: str
    is_found: bool  # word for word in the copy, by machine
    by_eye: bool
    original_seen: str  # an enums.OriginalSeen value
    original_where: str
    own_letter: str  # name of the unit that decided and whose own letter this is; or ""
    copy_public: bool

    @property
    def origin(self) -> str:
        """A sentence: where the copy came from, and who saw the original."""
        if self.provenance is None:
            return _("Where the copy came from was not recorded.") if self.sha256 else ""
        if self.provenance == Provenance.FETCHED:
            return _("We fetched the copy from the source’s own site.")
        if self.provenance == Provenance.SIGNED:
            return _("The copy has a valid digital signature: %(name)s.") % {"name": self.signed_by}
        seen = {"how": self.original_how, "where": self.original_where}
        if not self.sha256:
            return _("No archived copy. The reviewer saw the original: %(how)s (%(where)s).") % seen
        return (
            _("The checker handed the copy in. The reviewer saw the original: %(how)s (%(where)s).")
            % seen
        )

    @property
    def original_how(self) -> str:
        label = str(dict(OriginalSeen.choices).get(self.original_seen, ""))
        return label[:1].lower() + label[1:]

    @property
    def comparison(self) -> str:
        """A sentence: how the quotation was compared with the source."""
        if self.is_found:
            return _("The quotation stands word for word in the copy.")
        if self.by_eye:
            return _("The reviewer compared the quotation by eye.")
        return ""

    @property
    def stance_label(self) -> str:
        return str(dict(Stance.choices).get(self.stance, ""))


@dataclass(frozen=True)
class Body:
    """The parts of a version that its page shows; empty ones are left out."""

    explanation: str
    what_is_true: str
    what_to_do: str
    evidence: list[CitedEvidence]


def versions() -> QuerySet[NoticeVersion]:
    """Every published version with the topic and units that its page names, never people."""
    return NoticeVersion.objects.select_related(
        "notice__topic", "notice__unit", "verdict__author_unit", "verdict__reviewer_unit__kind"
    )


def with_current(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """The notices with their current version as ``current_versions[0]``, in one more query."""
    current = NoticeVersion.objects.filter(is_current=True)
    return notices.select_related("topic", "unit").prefetch_related(
        Prefetch("versions", queryset=current, to_attr="current_versions")
    )


def evidence(version: NoticeVersion) -> list[CitedEvidence]:
    return [_cited(number, row) for number, row in enumerate(version.evidence, start=1)]


def body(version: NoticeVersion) -> Body:
    """The texts of the page. A retraction shows only new texts: those copied from the version it
    retracts are no longer valid, and stay readable there."""
    before = previous(version) if is_retracted(version) else None

    def unless_copied(name: str) -> str:
        text: str = getattr(version, name)
        return "" if before is not None and getattr(before, name) == text else text

    same_evidence = before is not None and before.evidence == version.evidence
    return Body(
        explanation=unless_copied("explanation"),
        what_is_true=unless_copied("what_is_true"),
        what_to_do=version.shown_advice if before is None else unless_copied("what_to_do"),
        evidence=[] if same_evidence else evidence(version),
    )


def headline(version: NoticeVersion) -> str:
    """What is true in one line; for a retraction a title of its own: the headline may be wrong."""
    if not is_retracted(version):
        return version.leading_headline
    claim = render.shorten(render.one_line(version.claim).rstrip(" ."), TITLE_CLAIM_LIMIT)
    return _("Retracted: our notice about “%(claim)s”") % {"claim": claim}


def decisions(notice: Notice) -> QuerySet[Reconsideration]:
    """Decided requests for reconsideration, newest first. The decision is public; the text of the
    request is not, and is not read from the database."""
    decided = notice.reconsiderations.exclude(state=RequestState.OPEN)
    return decided.only("notice", "state", "decision", "decided_at").order_by("-decided_at")


def tags(version: NoticeVersion) -> list[str]:
    """The labels of its tags, without one that says what its rating says."""
    labels = dict(Tag.choices)
    rating = str(version.rating_definition.label)
    return [
        label for tag in version.tags if tag in labels and (label := str(labels[tag])) != rating
    ]


def warning(version: NoticeVersion) -> ActFirst | None:
    """What makes the version begin with what to do; None for any other, and for a retraction."""
    return None if is_retracted(version) else version.rating_definition.act_first


def is_retracted(version: NoticeVersion) -> bool:
    return version.kind == VerdictKind.RETRACTION


def overdue(version: NoticeVersion) -> str:
    """A sentence where the day by which the version was to be looked at again is past; "" before
    it, for a former version and for a retraction."""
    if is_retracted(version) or not version.is_current or not version.is_due_for_review():
        return ""
    return _("Checked on %(day)s, to be looked at again by %(review)s: it may no longer hold.") % {
        "day": f"{timezone.localdate(version.published_at):%d/%m/%Y}",
        "review": f"{version.review_by:%d/%m/%Y}",
    }


def previous(version: NoticeVersion) -> NoticeVersion | None:
    earlier = NoticeVersion.objects.filter(notice=version.notice_id, number__lt=version.number)
    return earlier.order_by("-number").first()


def address(notice: Notice) -> str:
    """The absolute URL, as printed, pasted and read by machines; it never redirects."""
    return f"{settings.SITE_URL}{notice.get_absolute_url()}"


def short_address(notice: Notice) -> str:
    """The URL without "https://", for paper and chat."""
    return address(notice).split("://", 1)[-1].rstrip("/")


def sitemap() -> Iterable[tuple[str, date]]:
    """URL and last change of every notice."""
    current = NoticeVersion.objects.filter(is_current=True).select_related("notice")
    rows = current.only("published_at", "notice__slug").order_by("notice_id")
    for version in rows.iterator():
        yield address(version.notice), timezone.localdate(version.published_at)


def _cited(number: int, row: dict[str, Any]) -> CitedEvidence:
    url = str(row.get("url") or "")
    in_english = (get_language() or "vi").startswith("en")
    return CitedEvidence(
        source=str((in_english and row.get("source_en")) or row.get("source") or ""),
        stance=str(row.get("stance") or ""),
        title=str(row.get("title") or ""),
        # Shown as a link, so only web schemes.
        url=url if url.startswith(("https://", "http://")) else "",
        quote=str(row.get("quote") or ""),
        document_number=str(row.get("document_number") or ""),
        document_date=parse_date(str(row.get("document_date") or "")),
        accessed_on=parse_date(str(row.get("accessed_on") or "")),
        sha256=str(row.get("archive_sha256") or ""),
        number=number,
        provenance=str(row["provenance"]) if "provenance" in row else None,
        **{name: str(row.get(name) or "") for name in _PROOF_TEXTS},
        is_found=row.get("quote_match") == QuoteMatch.WHOLE,
        by_eye=bool(row.get("by_eye")),
        copy_public=bool(row.get("copy_public")),
    )
