import os
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from factcheck.domain.duplicates import semantic_suggestions
from factcheck.domain.index import embeddings
from matching.semantic.embedder import EmbedderError

PROGRESS_SECONDS = 5.0  # between two lines of progress


class Command(BaseCommand):
    help = (
        "Computes the vectors of all wordings that have none (matching by meaning, EMBEDDER), "
        "while the site runs. When interrupted, it continues where it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--threads",
            type=int,
            default=os.cpu_count() or 1,
            help="processor cores the bundled model may use (default: all)",
        )
        parser.add_argument(
            "--forget-others",
            action="store_true",
            help="afterwards delete the vectors of models that are no longer used",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not embeddings.enabled():
            raise CommandError("Matching by meaning is switched off: set EMBEDDER (.env.sample).")
        try:
            model = embeddings.embedder(max(1, options["threads"]))
            done = self.embed(model)
        except EmbedderError as error:
            raise CommandError(str(error)) from None
        except KeyboardInterrupt:
            raise CommandError("Stopped; the same command continues from here.") from None
        self.stdout.write(f"{done} wordings embedded, none is waiting ({model.name})")
        if options["forget_others"]:
            self.stdout.write(
                f"{embeddings.delete_other_models(model)} vectors of other models deleted"
            )

    def embed(self, model: Any) -> int:
        total, done = embeddings.without_embedding(model.name).count(), 0
        started = reported = time.monotonic()
        for batch in embeddings.embed_in_batches(model):
            done += len(batch)
            semantic_suggestions.suggest_for_wordings(batch)
            now = time.monotonic()
            if now - reported >= PROGRESS_SECONDS:
                reported, pace = now, done / (now - started)
                left = max(total - done, 0) / max(pace, 0.01) / 60
                self.stdout.write(f"{done} of {total}, {pace:.0f} a second, {left:.0f} min left")
                self.stdout.flush()
        return done
