from django.db import models


class PostingBlock(models.Model):
    """A block of the inverted index: up to 256 wordings that contain one term, packed.

    Block 0 of a term is open (it still grows) and has the number of full ones, so that one look-up
    tells how common the term is. Plain rows, the same on every database.
    """

    pk = models.CompositePrimaryKey("term", "number", "generation")
    term = models.BigIntegerField()  # matching.terms.packed_postings.term_hash
    number = models.PositiveIntegerField()
    # Blocks 1..full_blocks exist; kept on block 0 only.
    full_blocks = models.PositiveIntegerField(default=0)
    generation = models.PositiveSmallIntegerField()  # of the index; a rebuild fills the next one
    # matching.terms.packed_postings: numbers of wordings, then their impacts.
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.term}/{self.number}"


class IndexState(models.Model):
    """State of the index, one row; whoever changes blocks locks it."""

    generation = models.PositiveSmallIntegerField(default=1)  # the blocks that queries read
    wordings = models.PositiveBigIntegerField(default=0)  # in these blocks
    # A rebuild fills the next generation's blocks beside them, then makes it the current one.
    building = models.PositiveSmallIntegerField(default=0)  # 0: no rebuild is under way
    # matching.terms.index_terms.VERSION that all wordings have.
    keys = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"index {self.generation}: {self.wordings}"


class PendingRemoval(models.Model):
    """A wording whose terms must leave the blocks: it was emptied, deleted or indexed again."""

    wording = models.BigIntegerField()  # no foreign key: the row may be gone
    terms = models.BinaryField()

    def __str__(self) -> str:
        return f"wording {self.wording}"
