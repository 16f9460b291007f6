"""Checklist: what an author confirms before a second person is asked.

The method page lists the same questions, so what is promised is what the form requires.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHECKLIST: dict[str, Promise] = {
    "official_source": _(
        "I looked for an official source; every source is dated, quoted and archived"
    ),
    "compared": _("I compared numbers and dates with the original document"),
    "no_pupil": _("No pupil is named or shown"),
    "own_unit": _("I checked whether this is about my own unit; if so, another unit reviews"),
    "contrary": _("I looked for evidence to the contrary"),
}
# Asked for one rating alone (``RatingDefinition.scope``): what it may be given to.
SCOPES: dict[str, Promise] = {
    "demand": _(
        "Only for “Scam”: it demands money, personal data or a click; "
        "it is no criticism, gathering or boycott"
    ),
    "bodily_harm": _(
        "Only for “Dangerous”: doing it can injure somebody; "
        "it is no criticism, gathering or boycott"
    ),
}
