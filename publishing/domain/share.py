"""The text a teacher pastes into the class group: truth first, then what is false and why, then
the source and the link. Written in the notice's language, whatever the reader's."""

from dataclasses import dataclass

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from factcheck.enums import Stance, VerdictKind
from factcheck.models import NoticeVersion
from publishing.domain import pages, render

WHY_LIMIT = 240  # characters of the explanation: a message nobody scrolls past
TRUE_LIMIT = 360
SUMMARY_LIMIT = 200
SOURCES = 2  # named in the text; the page has them all


@dataclass(frozen=True)
class Kit:
    """What is copied, and how long it is."""

    text: str

    @property
    def length(self) -> int:
        return len(self.text)


def kit(version: NoticeVersion) -> Kit:
    with translation.override(version.language):
        if pages.is_retracted(version):
            parts = [_retraction(version)]
        else:
            parts = [_truth(version), _rumour(version), _sources(version)]
        parts.append(
            _("Evidence and the newest version: %(link)s") % {"link": pages.address(version.notice)}
        )
        return Kit("\n\n".join(part for part in parts if part))


def rumour_sentence(version: NoticeVersion) -> str:
    """The claim and its verdict in one sentence, in the language now active."""
    claim = render.one_line(version.claim).rstrip(" .!?…")
    return str(version.rating_definition.sentence) % {"claim": claim}


def summary(version: NoticeVersion) -> str:
    """One or two sentences for feeds and link previews: the truth first, the rumour never alone."""
    with translation.override(version.language):
        if pages.is_retracted(version):
            reason = render.one_line(version.change_reason)
            return _("This notice was retracted: %(reason)s") % {"reason": reason}
        true = render.shorten(render.one_line(render.plain(version.what_is_true)), SUMMARY_LIMIT)
        return f"{true} {rumour_sentence(version)}".strip()


def moment(version: NoticeVersion) -> str:
    """Hour and day of publication as read in Viet Nam: 08:10, 22/11/2026."""
    return f"{timezone.localtime(version.published_at):%H:%M, %d/%m/%Y}"


def _truth(version: NoticeVersion) -> str:
    lines = []
    if version.kind == VerdictKind.CORRECTION:
        lines.append(_("Corrected at %(moment)s.") % {"moment": moment(version)})
    headline = render.one_line(version.headline).rstrip(" .")
    lines.append(_("Please note: %(headline)s.") % {"headline": headline})
    detail = render.shorten(render.plain(version.what_is_true), TRUE_LIMIT)
    return "\n".join([" ".join(lines), detail]).strip()


def _rumour(version: NoticeVersion) -> str:
    why = render.shorten(render.one_line(render.plain(version.explanation)), WHY_LIMIT)
    return f"{rumour_sentence(version)} {why}".strip()


def _retraction(version: NoticeVersion) -> str:
    sentence = _(
        "We have retracted our notice about “%(claim)s”. Please do not pass the earlier text on."
    )
    claim = render.one_line(version.claim).rstrip(" .")
    return f"{sentence % {'claim': claim}} {render.one_line(version.change_reason)}".strip()


def source_names(version: NoticeVersion) -> list[str]:
    """The sources a short text names, with document number and day, each once."""
    cited_all = pages.evidence(version)
    telling = [cited for cited in cited_all if cited.stance != Stance.CONTEXT] or cited_all
    named: list[str] = []
    for cited in telling:
        words = cited.source
        if cited.document_number:
            words = _("%(source)s, document %(number)s") % {
                "source": words,
                "number": cited.document_number,
            }
        if cited.document_date:
            day = date_format(cited.document_date, "d/m/Y")
            words = _("%(source)s of %(day)s") % {"source": words, "day": day}
        if not any(one.startswith(words) for one in named):
            named.append(words)
    return named[:SOURCES]


def _sources(version: NoticeVersion) -> str:
    named = source_names(version)
    return _("Source: %(sources)s.") % {"sources": "; ".join(named)} if named else ""
