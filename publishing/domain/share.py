"""Share texts: what a teacher pastes into the class group. The truth first, then what is false and
why, then the source and the link; in the notice's language, whatever the reader's. A warning begins
with what to do."""

from dataclasses import dataclass

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from factcheck.enums import Stance, VerdictKind
from factcheck.models import NoticeVersion
from publishing.domain import notice_content, render

WHY_LIMIT = 240  # characters of the explanation: a message nobody scrolls past
TRUTH_LIMIT = 360
SUMMARY_LIMIT = 200
SOURCES = 2  # named in the text; the page lists all


@dataclass(frozen=True)
class ShareText:
    """The text to copy, and its length in characters."""

    text: str

    @property
    def length(self) -> int:
        return len(self.text)


def share_text(version: NoticeVersion) -> ShareText:
    with translation.override(version.language):
        if notice_content.is_retracted(version):
            parts = [_retraction(version)]
        elif notice_content.warning(version):
            parts = [_act(version), _rumour(version), _sources(version)]
        else:
            parts = [_truth(version), _rumour(version), _sources(version)]
        parts.insert(0, notice_content.overdue(version))
        parts.append(
            _("Evidence and the newest version: %(link)s")
            % {"link": notice_content.address(version.notice)}
        )
        return ShareText("\n\n".join(part for part in parts if part))


def rumour_sentence(version: NoticeVersion) -> str:
    """The claim and its rating in one sentence, in the active language."""
    claim = render.one_line(version.claim).rstrip(" .!?…")
    return str(version.rating_definition.sentence) % {"claim": claim}


def summary(version: NoticeVersion) -> str:
    """One or two sentences for feeds and link previews: the truth first, never the rumour alone.
    Of a warning: what to do first."""
    with translation.override(version.language):
        if notice_content.is_retracted(version):
            reason = render.one_line(version.change_reason)
            return _("This notice was retracted: %(reason)s") % {"reason": reason}
        if notice_content.warning(version):
            act = render.one_line(version.leading_headline).rstrip(" .")
            return f"{act}. {rumour_sentence(version)}"
        truth = render.shorten(render.one_line(render.plain(version.what_is_true)), SUMMARY_LIMIT)
        return f"{truth} {rumour_sentence(version)}".strip()


def published_moment(version: NoticeVersion) -> str:
    """Hour and day of publication in Viet Nam: 08:10, 22/11/2026."""
    return f"{timezone.localtime(version.published_at):%H:%M, %d/%m/%Y}"


def _truth(version: NoticeVersion) -> str:
    lines = []
    if version.kind == VerdictKind.CORRECTION:
        lines.append(_("Corrected at %(moment)s.") % {"moment": published_moment(version)})
    headline = render.one_line(version.headline).rstrip(" .")
    lines.append(_("Please note: %(headline)s.") % {"headline": headline})
    detail = render.shorten(render.plain(version.what_is_true), TRUTH_LIMIT)
    return "\n".join([" ".join(lines), detail]).strip()


def _act(version: NoticeVersion) -> str:
    """The headline, which says what to do, and the steps, one a line."""
    lines = [render.one_line(version.leading_headline).rstrip(" .") + "."]
    if version.kind == VerdictKind.CORRECTION:
        lines.append(_("Corrected at %(moment)s.") % {"moment": published_moment(version)})
    steps = render.bare_lines(render.plain(version.shown_advice))
    return "\n".join([*lines, *(f"- {step}" for step in steps)])


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
    """The sources a short text names, with document number and date, each once."""
    evidence = notice_content.evidence(version)
    relevant = [cited for cited in evidence if cited.stance != Stance.CONTEXT] or evidence
    names: list[str] = []
    for cited in relevant:
        name = cited.source
        if cited.document_number:
            name = _("%(source)s, document %(number)s") % {
                "source": name,
                "number": cited.document_number,
            }
        if cited.document_date:
            day = date_format(cited.document_date, "d/m/Y")
            name = _("%(source)s of %(day)s") % {"source": name, "day": day}
        if not any(other.startswith(name) for other in names):
            names.append(name)
    return names[:SOURCES]


def _sources(version: NoticeVersion) -> str:
    names = source_names(version)
    return _("Source: %(sources)s.") % {"sources": "; ".join(names)} if names else ""
