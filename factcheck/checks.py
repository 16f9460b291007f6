"""What `manage.py check` (and so `prepare`) says about this room's settings."""

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from factcheck.domain.index import embeddings
from matching.semantic.embedder import EmbedderError


@register()
def embedder_can_run(**kwargs: Any) -> list[CheckMessage]:
    """Matching by meaning is switched on and cannot work here: the site goes on without it, but
    whoever switched it on should hear so. Nothing is loaded and nobody is asked."""
    if not embeddings.enabled():
        return []
    try:
        embeddings.embedder()
    except EmbedderError as error:
        return [Warning(str(error), hint="Until then matching goes by words.", id="factcheck.W001")]
    return []
