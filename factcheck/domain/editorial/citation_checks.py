"""Checks of a citation's fields: its words, its source, and whether the address is the source's."""

from datetime import date
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.domain.editorial import hosts, sources
from factcheck.enums import Stance
from factcheck.exceptions import ValidationError
from factcheck.models import Case, Source
from matching.text.normalisation import clean

LIMITS = {"quote": 2000, "title": 300, "document_number": 80, "url": 1000, "host_reason": 300}


def cleaned_texts(**values: str) -> dict[str, str]:
    """Every text of a citation as it may be stored, "" where none is given.

    Raises ValidationError for what cannot be used, TypeError for a name that is no text of it.
    """
    if unknown := set(values) - set(LIMITS):
        raise TypeError(f"not texts of a citation: {sorted(unknown)}")
    texts = {name: clean(values.get(name) or "").strip() for name in LIMITS}
    if not texts["quote"]:
        raise ValidationError(_("Quote the source word for word."))
    for name, limit in LIMITS.items():
        if len(texts[name]) > limit:
            raise ValidationError(_("One of the texts is too long: please shorten it."))
    parts = urlsplit(texts["url"])
    if texts["url"] and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ValidationError(_("The address must begin with http:// or https://."))
    return texts


def check_address(source: Source, url: str, host_reason: str) -> bool | None:
    """Whether the address is the source's; raise ValidationError if it is not, without a reason."""
    on_source = hosts.is_on_source(url, source)
    if on_source is False and not host_reason:
        if not source.domains:
            raise ValidationError(
                _(
                    "The registry names no domain of this source: write why this address is its "
                    "own, or have the domain entered there."
                )
            )
        raise ValidationError(
            _(
                "This address is not one of the source’s own (%(domains)s): write why it is cited "
                "all the same."
            )
            % {"domains": ", ".join(source.domains)}
        )
    return on_source


def check_citation(case: Case, source: Source, stance: str, accessed_on: date) -> None:
    """Raise ValidationError unless the source can be cited so, on that day."""
    if source.is_placeholder:
        raise ValidationError(sources.placeholder_message(source))
    if stance not in Stance.values:
        raise ValidationError(_("Choose whether the source supports, refutes or gives context."))
    if accessed_on > timezone.localdate():
        raise ValidationError(_("The date of access lies in the future."))
    if not sources.usable_in(case.unit, accessed_on).filter(pk=source.pk).exists():
        raise ValidationError(_("This source was not in the registry on the date of access."))
