from django.db import models

from accounts.models.unit import Unit


class ReviewerPool(models.Model):
    """Units whose reviewers may review each other's cases: needed because a commune usually has a
    single officer, who cannot review their own case."""

    name = models.CharField(max_length=120, unique=True)
    units = models.ManyToManyField(Unit, related_name="reviewer_pools")

    def __str__(self) -> str:
        return self.name
