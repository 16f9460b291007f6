"""Search of the published notices: what answers the words first, then what contains them all."""

from collections.abc import Iterable

from django.db.models import Case, IntegerField, QuerySet, Value, When

from factcheck.domain.duplicates.published_matches import published_matches
from factcheck.domain.editorial import notices, search_words
from factcheck.models import Notice, Topic
from matching.text.letters import fold
from matching.text.normalisation import normalise

MAX_ORDERED = 200  # notices ordered by relevance; the rest follow, newest first
MIN_ASKED = 8  # characters; fewer are words to look for, not a question


def _relevance(notice: Notice, words: list[str]) -> int:
    """How many of the words its claim and headline have."""
    current = notice.current
    if current is None:
        return 0
    shown = fold(normalise(f"{current.claim} . {current.headline}")).split()
    return sum(word in shown for word in words)


def _answering(query: str) -> list[int]:
    """Notices that the one public answer names for these words."""
    if len(query) < MIN_ASKED:
        return []
    return [match.version.notice_id for match in published_matches(query)]


def _in_order(ids: Iterable[int]) -> Case:
    places = [When(pk=pk, then=Value(place)) for place, pk in enumerate(ids)]
    return Case(*places, default=Value(MAX_ORDERED), output_field=IntegerField())


def search(query: str, topic: Topic | str | None = None) -> QuerySet[Notice]:
    """Public notices for the words of a search, the most relevant first; without words, the
    newest first.

    Whatever the form would show for the same words is among them.
    """
    if not search_words.asked_words(query):
        return notices.search("", topic)
    words = search_words.asked_words(query)
    containing = list(notices.search(query, topic).prefetch_related("versions")[:MAX_ORDERED])
    containing.sort(key=lambda notice: -_relevance(notice, words))  # equals stay newest first
    answering = _answering(query)
    ids = list(dict.fromkeys([*answering, *(notice.pk for notice in containing)]))
    results = notices.search("", topic).filter(pk__in=ids)
    return results.order_by(_in_order(ids), "-first_published_at", "-pk")
