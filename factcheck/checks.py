"""System checks of this app's settings, run by `manage.py check` and by `prepare`."""

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from factcheck.domain.index import embeddings
from matching.semantic.embedder import EmbedderError


@register()
def embedder_can_run(**kwargs: Any) -> list[CheckMessage]:
    """Warn when matching by meaning is switched on and cannot work here; the site runs without it.
    No model is loaded and no service is called."""
    if not embeddings.enabled():
        return []
    try:
        embeddings.embedder()
    except EmbedderError as error:
        return [Warning(str(error), hint="Until then matching goes by words.", id="factcheck.W001")]
    return []
