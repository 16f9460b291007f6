from django.db import models
from django.utils import timezone

from factcheck.models.wording import Wording


class Embedding(models.Model):
    """The vector of a wording in one model: a unit vector, one byte per dimension."""

    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="embeddings")
    model = models.CharField(max_length=80)  # matching.semantic.embedder.Embedder.name
    vector = models.BinaryField()  # int8, matching.semantic.embedder.quantise
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "wording"], name="factcheck_embedding_once")
        ]

    def __str__(self) -> str:
        return f"{self.model}: {self.wording_id}"
