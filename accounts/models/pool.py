from django.db import models

from accounts.models.unit import Unit


class ReviewerPool(models.Model):
    """Units whose reviewers may review each other's cases: a commune has one officer only."""

    name = models.CharField(max_length=120, unique=True)
    units = models.ManyToManyField(Unit, related_name="reviewer_pools")

    def __str__(self) -> str:
        return self.name
