"""All structure checks, one after the other: python -m tests.structure."""

import sys

from tests.structure import days, glossary, licences, references, sizes, vocabulary

CHECKS = [
    lambda: vocabulary.main([]),
    glossary.main,
    references.main,
    licences.main,
    sizes.main,
    days.main,
]

sys.exit(max(check() for check in CHECKS))
