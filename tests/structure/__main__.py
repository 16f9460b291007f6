"""All structure checks, one after the other: python -m tests.structure."""

import sys

from tests.structure import glossary, references, sizes, vocabulary

sys.exit(max(vocabulary.main([]), glossary.main(), references.main(), sizes.main()))
