"""What is set up so that it cannot work, each as a sentence with the way to mend it.

A check is a function without arguments that returns its sentences; add it to ``CHECKS``.
"""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from accounts.models import Unit
from factcheck import decision_texts, independence
from factcheck.enums import UNDECIDED_STATUSES
from factcheck.independence import Independence
from factcheck.models import Case, Source

_UNITS_SHOWN = 20


def units_without_deciders() -> Iterable[str]:
    """Units about which nobody could decide, and what would change that."""
    ids = set(Unit.objects.active().values_list("pk", flat=True))
    units = Unit.objects.filter(pk__in=independence.undecidable_units(ids))
    for unit in units[:_UNITS_SHOWN]:
        yield _(
            "%(unit)s (%(code)s): nobody could decide on a claim about it. It needs a checker, and "
            "a reviewer in a unit above or in a pool with a unit that is not below it."
        ) % {"unit": unit, "code": unit.code}
    if (more := units.count() - _UNITS_SHOWN) > 0:
        yield _("and %(n)d more units about which nobody could decide") % {"n": more}


def waiting_for_nobody() -> Iterable[str]:
    """Open cases on which nobody can decide now."""
    cases = list(Case.objects.filter(status__in=UNDECIDED_STATUSES).select_related("unit"))
    check = Independence(cases)
    for case in cases:
        if not (answer := check.deciders(case)):
            yield f"{case.code}: {decision_texts.nobody(answer)}"


def placeholder_sources() -> Iterable[str]:
    """Entries of the source registry that every installation has to name for itself."""
    for source in Source.objects.filter(is_placeholder=True, valid_to=None):
        yield _("Source “%(source)s” has no address of its own yet and cannot be cited.") % {
            "source": source
        }


CHECKS: tuple[Callable[[], Iterable[str]], ...] = (
    units_without_deciders,
    waiting_for_nobody,
    placeholder_sources,
)


def findings() -> list[str]:
    """The sentences of all checks; empty where everything is set up."""
    return [sentence for check in CHECKS for sentence in check()]
