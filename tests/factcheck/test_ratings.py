"""Ratings: registry, enum, texts, catalogue, icons and styles agree, and only the registry knows
a single rating."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.utils import translation

from factcheck import ratings
from factcheck.enums import Rating
from factcheck.ratings import RATINGS, RatingDefinition, Tone

ROOT = Path(__file__).resolve().parent.parent.parent
ICONS = ROOT / "templates" / "icons"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
# The demo data shows a case of each rating.
APPS = set(PROJECT["tool"]["importlinter"]["root_packages"]) - {"demo"}
EACH = pytest.mark.parametrize("row", RATINGS.values(), ids=list(RATINGS))


def _vietnamese(text: object) -> str:
    with translation.override("vi"):
        return str(text)


def _english(text: object) -> str:
    with translation.override("en"):
        return str(text)


def test_every_rating_has_one_row_and_every_row_its_rating() -> None:
    assert [row.rating for row in ratings._ROWS] == list(Rating)
    assert list(RATINGS) == Rating.values


@EACH
def test_every_text_of_a_rating_is_in_the_vietnamese_catalogue(row: RatingDefinition) -> None:
    texts = [row.rating.label, row.meaning, row.sentence]
    if row.evidence:
        texts.append(row.evidence.sentence)
    assert [str(text) for text in texts if _vietnamese(text) == _english(text)] == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_ratings_are_told_apart_by_label_meaning_sentence_and_icon(language: str) -> None:
    rows = list(RATINGS.values())
    with translation.override(language):
        for values in (
            {row.label for row in rows},
            {str(row.meaning) for row in rows},
            {str(row.sentence) for row in rows},
            {row.icon for row in rows},
            {row.css_class for row in rows},
        ):
            assert "" not in values
            assert len(values) == len(rows)


@EACH
@pytest.mark.parametrize("language", ["vi", "en"])
def test_sentence_quotes_the_claim_and_nothing_else(row: RatingDefinition, language: str) -> None:
    with translation.override(language):
        text = str(row.sentence)
    assert re.findall(r"%\(\w+\)s|%", text) == ["%(claim)s"]


@EACH
def test_every_rating_has_its_icon(row: RatingDefinition) -> None:
    assert (ICONS.parent / row.icon).is_file()


def test_every_solid_icon_belongs_to_a_rating() -> None:
    """Where a rating goes, its icon goes."""
    assert {path.stem for path in ICONS.glob("*-fill.svg")} <= {
        row.icon_name for row in RATINGS.values()
    }


def test_short_legend_shows_one_rating_of_each_tone() -> None:
    tones = [row.tone for row in RATINGS.values() if row.in_short_legend]
    assert sorted(tones) == sorted(Tone)


def test_style_sheet_has_one_class_and_the_tone_for_every_rating() -> None:
    css = re.sub(r"/\*.*?\*/", "", (ROOT / "static" / "app.css").read_text(), flags=re.DOTALL)
    classes, tones = set(), {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        names = re.findall(r"\.(kt-v-\w+)", selectors)
        classes.update(names)
        if tone := re.search(r"--v:\s*var\(--kt-(\w+)\)", body):
            tones.update(dict.fromkeys(names, tone[1]))
    assert classes - {"kt-v-none"} == {row.css_class for row in RATINGS.values()}
    assert tones == {row.css_class: row.tone.value for row in RATINGS.values()}


@EACH
def test_claim_review_value_is_on_the_published_scale(row: RatingDefinition) -> None:
    from publishing.domain import claimreview

    assert row.claim_review is None or claimreview.WORST <= row.claim_review <= claimreview.BEST


def test_rule_left_out_and_rating_unknown_fall_to_the_strictest_evidence() -> None:
    given = RATINGS[Rating.TRUE]
    new = RatingDefinition(
        rating=given.rating, meaning=given.meaning, icon_name=given.icon_name, tone=given.tone,
        sentence=given.sentence, claim_review=None,
    )  # fmt: skip
    assert new.evidence is ratings.STRICTEST
    assert new.needs_truth
    assert ratings.evidence_rule("unheard_of") is ratings.STRICTEST
    assert ratings.evidence_rule("") is ratings.STRICTEST


@EACH
def test_no_rule_is_stricter_than_the_strictest(row: RatingDefinition) -> None:
    rule = row.evidence
    if rule is not None:
        assert ratings.STRICTEST.official >= rule.official
        assert ratings.STRICTEST.stances <= rule.stances


# ---------------------------------------------------------------- no other module names a rating

# also words of HTML and of settings, an outcome, a tag
AMBIGUOUS = {"true", "false", "opinion", "scam"}


def _named_in_python(source: str) -> list[str]:
    """Ratings named by code: ``Rating.X``, an unmistakable value, or a comparison of a rating."""
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in Rating.names:
            if ast.unparse(node.value).rpartition(".")[2] == "Rating":
                names.append(f"{node.lineno}: Rating.{node.attr}")
        elif isinstance(node, ast.Constant) and node.value in set(Rating.values) - AMBIGUOUS:
            names.append(f"{node.lineno}: {node.value!r}")
        elif isinstance(node, ast.Compare) and re.search(r"rating|verdict", ast.unparse(node)):
            values = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
            names += [f"{node.lineno}: {value!r}" for value in values if value in AMBIGUOUS]
        elif isinstance(node, ast.keyword) and node.arg in ("rating", "verdict"):
            value = getattr(node.value, "value", None)
            names += [f"{node.value.lineno}: {value!r}"] if value in AMBIGUOUS else []
    return names


def _named_in_template(source: str) -> list[str]:
    """Ratings named in tags and in the class of their outline."""
    tags = " ".join(re.findall(r"{[%{].*?[%}]}", source, flags=re.DOTALL))
    quoted = re.findall(r"""["']([a-z_]+)["']""", tags)
    outlines = re.findall(r"\bkt-v-([a-z_]+)", source)
    return [word for word in [*quoted, *outlines] if word in Rating.values]


def _product_files(suffix: str) -> list[Path]:
    exempt = {ROOT / "factcheck" / "ratings.py", ROOT / "factcheck" / "enums.py"}
    return [
        path
        for app in sorted(APPS)
        for path in sorted((ROOT / app).rglob(f"*{suffix}"))
        if path not in exempt and "migrations" not in path.parts
    ]


def test_no_other_module_names_a_rating() -> None:
    paths = _product_files(".py")
    assert len(paths) > 200
    named = {str(path.relative_to(ROOT)): _named_in_python(path.read_text()) for path in paths}
    assert {path: names for path, names in named.items() if names} == {}


def test_no_template_or_script_names_a_rating() -> None:
    templates = sorted((ROOT / "templates").rglob("*.*"))
    assert len(templates) > 100
    named = {path.name: _named_in_template(path.read_text()) for path in templates}
    for path in (ROOT / "static" / "js").glob("*.js"):
        named[path.name] = [
            value
            for value in set(Rating.values) - AMBIGUOUS
            if re.search(rf"\b{value}\b", path.read_text())
        ]
    assert {path: names for path, names in named.items() if names} == {}


@pytest.mark.parametrize(
    "source",
    [
        "x = Rating.OUTDATED",
        "x = enums.Rating.TRUE",
        'x = {"partly_false": 1}',
        'if version.rating == "true": pass',
        'if verdict.rating in ("opinion", "x"): pass',
        'draft(case, rating="false")',
    ],
)
def test_naming_a_rating_in_code_would_be_noticed(source: str) -> None:
    assert len(_named_in_python(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        '{% if key == "true" %}',
        "{% if version.rating == 'missing_context' %}",
        '<span class="kt-verdict kt-v-false">',
    ],
)
def test_naming_a_rating_in_a_template_would_be_noticed(source: str) -> None:
    assert len(_named_in_template(source)) == 1
