from django.db import models


class PostingBlock(models.Model):
    """Inverted index: up to 256 wordings that hold one term, packed.

    Block 0 of a term is open (it still grows) and says how many full ones there are, so that one
    look-up tells how common the term is. Plain rows, the same on every database.
    """

    pk = models.CompositePrimaryKey("term", "number", "generation")
    term = models.BigIntegerField()  # matching.terms.packed_postings.term_hash
    number = models.PositiveIntegerField()
    full_blocks = models.PositiveIntegerField(
        default=0
    )  # blocks 1..full_blocks exist; kept on block 0 only
    generation = models.PositiveSmallIntegerField()  # which making of the index it belongs to
    data = (
        models.BinaryField()
    )  # matching.terms.packed_postings: numbers of wordings, then their impacts

    def __str__(self) -> str:
        return f"{self.term}/{self.number}"


class IndexState(models.Model):
    """The one row that says what the index holds; whoever changes blocks holds its lock."""

    generation = models.PositiveSmallIntegerField(default=1)  # the blocks that queries read
    wordings = models.PositiveBigIntegerField(default=0)  # in these blocks
    # A rebuild fills the next generation's blocks beside them, then makes it the current one.
    building = models.PositiveSmallIntegerField(default=0)  # 0: no rebuild is under way
    keys = models.PositiveSmallIntegerField(
        default=0
    )  # matching.terms.index_terms.VERSION all wordings have

    def __str__(self) -> str:
        return f"index {self.generation}: {self.wordings}"


class PendingRemoval(models.Model):
    """A wording whose terms must leave the blocks: it was emptied, deleted or made anew."""

    wording = models.BigIntegerField()  # no foreign key: the row may be gone
    terms = models.BinaryField()

    def __str__(self) -> str:
        return f"wording {self.wording}"
