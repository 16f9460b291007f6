from django.db import models


class DailyKey(models.Model):
    """The day's key for sender hashes; destroyed when the day is over."""

    day = models.DateField(unique=True)
    key = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return str(self.day)
