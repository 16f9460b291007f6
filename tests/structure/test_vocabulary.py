"""The vocabulary check finds what came back, and leaves the plain meaning alone."""

from pathlib import Path

import pytest

from tests.structure import definitions, paths, prose, vocabulary

TABLES = (paths.ROOT / vocabulary.TABLES).read_text()
RETIRED = vocabulary.retired_names(TABLES)
PHRASES = prose.retired_phrases(vocabulary.table_rows(TABLES, "Phrases"))


def messages(path: str, source: str) -> list[str]:
    defined = definitions.in_source(Path(path), source)
    return [str(violation) for violation in vocabulary.retired_definitions(defined, RETIRED)]


@pytest.mark.parametrize(
    ("path", "source", "name"),
    [
        ("factcheck/domain/notifications.py", "def tell(case): ...", "tell"),
        ("factcheck/domain/notifications.py", "def _tell(case): ...", "_tell"),
        ("factcheck/domain/notifications.py", "class Telling: ...", "Telling"),
        ("factcheck/tasks.py", "def soon(name): ...", "soon"),
        ("factcheck/models/verdict.py", "class Verdict:\n    key = 1", "key"),
        ("factcheck/enums.py", "class Verb:\n    KEEP = 'keep'", "KEEP"),
        ("factcheck/workflow.py", "def move(case, verb): ...", "move"),
        ("desk/views/queue.py", "for found in cases: ...", "found"),
        ("desk/views/queue.py", "with open(path) as held: ...", "held"),
        ("desk/views/queue.py", "def listed(*, ours): ...", "ours"),
        ("desk/views/queue.py", "if (said := text()): ...", "said"),
        ("desk/views/queue.py", "OURS = 1", "OURS"),
        ("desk/views/queue.py", "class Page:\n    def set(self):\n        self.known = 1", "known"),
        ("desk/views/queue.py", "from cases import case as found", "found"),
        ("matching/links/urls.py", "for at, word in enumerate(words): ...", "at"),
        ("matching/links/urls.py", "at = text.find(word)", "at"),
        ("matching/links/urls.py", "def name(words, at: int): ...", "at"),
        ("desk/presenters/history.py", "class Row: ...", "Row"),
        ("accounts/domain/links.py", "lines = []", "lines"),
        ("tests/desk/test_x.py", "def test_second_look_links(): ...", "test_second_look_links"),
        ("benchmarks/report.py", "variant_ids = []", "variant_ids"),
    ],
)  # fmt: skip
def test_retired_name_is_reported_with_its_line(path: str, source: str, name: str) -> None:
    (message,) = messages(path, source)
    line = source[: source.index(name)].count("\n") + 1
    assert message.startswith(f"{path}:{line}: ")
    assert f"`{name}` is retired; use " in message


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("intake/models/reply.py", "class Reply:\n    key = 1"),
        ("factcheck/domain/cases/topics.py", "def move(topic): ..."),
        ("desk/presenters/history.py", "class HistoryRow:\n    at: datetime"),
        ("demo/clock.py", "def travel(at: datetime): ..."),
        ("desk/views/comparison.py", "lines = text.splitlines()"),
        ("ops/extraction.py", "for node in ast.walk(tree): ..."),
        ("factcheck/apps.py", "class FactcheckConfig:\n    def ready(self): ..."),
        ("matching/terms/terms.py", "telling = 1"),
        ("factcheck/enums.py", "class Stance: ..."),
        ("desk/views/queue.py", "foundation = unknown = 1"),
        ("web/caching.py", "class Cache:\n    def put(self): ..."),
        ("desk/views/queue.py", "case.key"),
    ],
)
def test_plain_meaning_is_allowed(path: str, source: str) -> None:
    assert messages(path, source) == []


def test_module_and_template_of_a_retired_name_are_reported() -> None:
    defined = [
        definitions.Definition(Path("intake/domain/staging.py"), 1, "module", "staging"),
        definitions.Definition(Path("factcheck/domain/pairs.py"), 1, "module", "pairs"),
        definitions.Definition(Path("benchmarks/pairs.py"), 1, "module", "pairs"),
        definitions.Definition(
            Path("templates/desk/accounts/unit_lines.html"), 1, "template", "unit_lines"
        ),
    ]
    reported = [each.path.stem for each in vocabulary.retired_definitions(defined, RETIRED)]
    assert reported == ["staging", "pairs", "unit_lines"]


def test_product_modules_of_one_name_are_reported() -> None:
    same = [Path("intake/domain/dates.py"), Path("matching/details/dates.py")]
    roles = [Path("desk/views/evidence.py"), Path("factcheck/domain/editorial/evidence.py")]
    shared = [Path("intake/enums.py"), Path("channels/enums.py")]
    tests = [Path("tests/demo/names.py"), Path("benchmarks/names.py")]
    reported = [each.path for each in vocabulary.shared_module_names(same + roles + shared + tests)]
    assert reported == same


def test_kind_that_does_not_exist_is_an_error() -> None:
    table = (
        "\n## Names\n\n| Retired | As | Where | Use |\n| - | - | - | - |\n| `x` | verb | | y |\n"
    )
    with pytest.raises(ValueError, match="verb"):
        vocabulary.retired_names(table)


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        ("factcheck/receivers.py", '"""What other rooms\nhear."""\n', [1]),
        ("factcheck/receivers.py", "x = 1\n# the second\nlook_again(x)  # look_again\n", [3]),
        ("docs/architecture.md", "One line.\nWhat a second\nlook finds.\n", [2]),
        ("factcheck/receivers.py", "rooms = 'untold'\n", []),
        ("factcheck/receivers.py", '"""A classroom; the homeroom teacher; mushrooms."""\n', []),
        ("templates/desk/x.html", "<p>rooms</p>\n{# two rooms #}\n", [2]),
        ("docs/adr/0001-x.md", "# 1\n\n**Superseded by** [0013](0013-x.md).\n\nEvery room.\n", []),
    ],
)  # fmt: skip
def test_retired_phrase_is_found_in_prose_only(
    tmp_path: Path, name: str, text: str, lines: list[int]
) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    assert [line for _, line, _ in prose.retired_prose(PHRASES, tmp_path)] == lines


def test_every_place_of_the_table_exists() -> None:
    scopes = [entry.scope for entry in RETIRED] + [phrase.scope for phrase in PHRASES]
    places = {place for scope in scopes for place in (*scope.places, *scope.exceptions)}
    assert {place for place in places if not (paths.ROOT / place).exists()} == {"product"}
