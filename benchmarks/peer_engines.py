"""Peers that are search engines: what a newsroom could use instead of ours.

Needs the packages of requirements/bench.txt.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

import psycopg2
import tantivy
from psycopg2.extras import execute_values
from rapidfuzz import fuzz, process

from matching.text.letters import fold
from tests.services import postgres

_HEAP = 64_000_000  # bytes tantivy's writer may use
_WORD = 40  # letters; longer words are not indexed
TIMEOUT = "10s"  # of one statement


def analyser(*, english: bool) -> "tantivy.TextAnalyzer":
    """Return an analyser to lower-case words; for English without stop words, and stemmed."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    builder = builder.filter(tantivy.Filter.remove_long(_WORD)).filter(tantivy.Filter.lowercase())
    if english:
        builder = builder.filter(tantivy.Filter.stopword("english"))
        builder = builder.filter(tantivy.Filter.stemmer("english"))
    return builder.build()


class TantivySearch:
    """Lucene's BM25 by tantivy, English stems, every word of the query counted once."""

    def __init__(self, texts: Sequence[str], *, folded: bool = False) -> None:
        self._key = fold if folded else str
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", tokenizer_name="en_stem")
        builder.add_unsigned_field("number", stored=True)
        self._schema = builder.build()
        index = tantivy.Index(self._schema)
        writer = index.writer(_HEAP, 1)
        for number, text in enumerate(texts):
            document = tantivy.Document()
            document.add_text("text", self._key(text))
            document.add_unsigned("number", number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()
        words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        words = words.filter(tantivy.Filter.remove_long(_WORD)).filter(tantivy.Filter.lowercase())
        self._stems = words.filter(tantivy.Filter.stemmer("english")).build()

    def search(self, text: str, limit: int) -> list[int]:
        """Return the numbers of the best texts, best first."""
        should = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "text", term))
            for term in dict.fromkeys(self._stems.analyze(self._key(text)))
        ]
        query = tantivy.Query.boolean_query(should)
        hits = self._searcher.search(query, limit, count=False).hits
        return [self._searcher.doc(address)["number"][0] for _score, address in hits]


class FullScan:
    """rapidfuzz's ``token_set_ratio`` over every text."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = [text.lower() for text in texts]

    def search(self, text: str, limit: int) -> list[int]:
        scorer = fuzz.token_set_ratio
        hits = process.extract(text.lower(), self._texts, scorer=scorer, limit=limit)
        return [hit[2] for hit in hits]


class TrigramSearch:
    """PostgreSQL's pg_trgm: ``similarity`` through a GiST index, nearest first.

    Not ``word_similarity``, which takes minutes on long texts.
    """

    def __init__(self, admin_url: str, texts: Sequence[str]) -> None:
        self._connection = psycopg2.connect(admin_url)
        self._connection.autocommit = True
        with self._connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute("CREATE TEMP TABLE peer (number int, text text)")
            # PostgreSQL's text cannot contain NUL.
            rows = [(number, text.replace("\0", " ")) for number, text in enumerate(texts)]
            execute_values(cursor, "INSERT INTO peer VALUES %s", rows, page_size=1000)
            cursor.execute("CREATE INDEX ON peer USING gist (text gist_trgm_ops(siglen=64))")
            cursor.execute("ANALYZE peer")
            cursor.execute(f"SET statement_timeout = '{TIMEOUT}'")

    def search(self, text: str, limit: int) -> list[int]:
        """Return the numbers of the best texts; none if the statement took too long."""
        sql = "SELECT number FROM peer ORDER BY text <-> %s LIMIT %s"
        with self._connection.cursor() as cursor:
            try:
                cursor.execute(sql, [text.replace("\0", " "), limit])
            except psycopg2.errors.QueryCanceled:
                return []
            return [row[0] for row in cursor.fetchall()]

    def close(self) -> None:
        self._connection.close()


@contextmanager
def running_trigrams(texts: Sequence[str]) -> Iterator[TrigramSearch]:
    """Run the peer in a PostgreSQL server of its own."""
    with (
        postgres.running(durable=True) as cluster,
        closing(TrigramSearch(cluster.admin_url, texts)) as peer,
    ):
        yield peer
