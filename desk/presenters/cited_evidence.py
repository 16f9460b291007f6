"""Citations as the case page and the review show them, with what was proved of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from desk.forms.review import ReviewForm, StatementForm
from factcheck.domain.editorial import copy_pages, evidence, proof, snapshots
from factcheck.enums import QuoteMatch
from factcheck.models import Evidence
from intake.enums import ReadingState

WORDS_SHOWN = 6000  # characters before and after the quotation


@dataclass(frozen=True)
class CitedRow:
    """One citation. ``passage`` is empty where the quotation was not found in the copy."""

    item: Evidence
    before: str
    passage: str
    after: str
    search_result: str  # a sentence about the quotation and the copy
    is_whole: bool  # found word for word, whole sentences
    off_domain: bool  # the address is not one of the source's: a red line
    is_editable: bool
    statement: StatementForm | None


def _search_result(item: Evidence) -> str:
    row = proof.text_of(item)
    if row is None:
        return _("There is no copy to search: the second person compares by eye.")
    if row.state == ReadingState.WAITING:
        return _("The copy is still being read; until then the second person compares by eye.")
    if row.state == ReadingState.FAILED:
        return _("The copy could not be read: %(reason)s") % {"reason": row.error}
    return {
        QuoteMatch.WHOLE: _("The quotation stands word for word in the copy."),
        QuoteMatch.PART: _(
            "The quotation stands in the copy, but cuts a sentence: quote whole sentences, or the "
            "second person compares by eye."
        ),
        QuoteMatch.HIDDEN: _(
            "These words are in the file, but cannot be seen on its pages: look closely."
        ),
    }.get(
        QuoteMatch(row.quote_match),
        _("The quotation does not stand in the copy: correct it, or say why by eye."),
    )


def rows(items: Iterable[Evidence], form: ReviewForm | None = None) -> list[CitedRow]:
    """The citations in their order, with the reviewer's questions where there is a form."""
    listed, items = [], list(items)
    editable = evidence.editable(items[0].case, items) if items else []
    for item in items:
        text = proof.text_of(item)
        is_placed = text is not None and text.quote_match in (QuoteMatch.WHOLE, QuoteMatch.PART)
        before, passage, after = snapshots.context(item) if is_placed else ("", "", "")
        listed.append(
            CitedRow(
                item=item,
                before=before,
                passage=passage,
                after=after,
                search_result=_search_result(item),
                is_whole=not proof.open_points(item).compare_by_eye,
                off_domain=item.on_source_domain is False,
                is_editable=item in editable,
                statement=form.citations.get(item.pk) if form else None,
            )
        )
    return listed


def copy_parts(item: Evidence) -> dict[str, Any]:
    """The words of a copy around its quotation, and its pages; those with the quotation first."""
    text, place = proof.text_of(item), None
    if text is not None and text.quote_match in (QuoteMatch.WHOLE, QuoteMatch.PART):
        start, end = text.quote_start, text.quote_end
        place = {
            "before": text.text[max(0, start - WORDS_SHOWN) : start],
            "quote": text.text[start:end],
            "after": text.text[end : end + WORDS_SHOWN],
        }
    marked = [number + 1 for number, _words in copy_pages.marked_pages(item)]
    others = [number for number in range(1, copy_pages.count(item) + 1) if number not in marked]
    return {
        "row": rows([item])[0],
        "place": place,
        "words": text.text[:WORDS_SHOWN] if text and not place else "",
        "marked": [number for number in marked if number <= copy_pages.SHOWN],
        "pages": others,
        "total_pages": text.pages if text else 0,
    }
