"""Fit the weights of ``matching.scoring.probability_model``.

    python -m benchmarks.weight_fitting --claims F --queries F [--distractors F] [--cache DIR] \\
        [--write]

Every query goes through the product's own search; its candidates, right or wrong, are the
examples. The weights put the right ones of a query before its wrong ones (softmax over its
candidates, as in ListNet); then the sums, with what is known of the query, become a probability
(Platt). Each pool counts alike, whatever its size. Prints MAP@5, MRR and recall@50 by
cross-validation: the queries whose right answers fall into one fifth of all are scored with
weights that never saw them, and with meaning through a projection
(``benchmarks.projection_training``) trained without them. ``--unweighed`` pools are scored
so, and make no weights. ``--limit-distractors`` applies to the semantic model only, whose vectors
take long. ``--write`` then fits on all and
replaces ``matching/scoring/weights.json``.
"""

import argparse
import json
import multiprocessing
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from benchmarks import accuracy, projection_training, temporary_installation
from benchmarks.accuracy import Job
from benchmarks.datasets import BadLine, Message
from benchmarks.embedding_cache import Cached
from benchmarks.metrics import FOLDS, MOST, Scores, fold
from matching.scoring.features import LEXICAL_FEATURES, QUERY_FEATURES, SEMANTIC_FEATURES
from matching.semantic.embedder import BundledEmbedder

SOFTNESS = 0.001  # of the weights: half their square is added to the loss
BOUNDS = {"conflicts": (None, 0), "coverage": (None, None), **dict.fromkeys(QUERY_FEATURES, (0, 0))}
MODELS = {"lexical": LEXICAL_FEATURES, "meaning": LEXICAL_FEATURES + SEMANTIC_FEATURES}
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """One query: its candidates' cases and features, best first, and the right answers."""

    found: list[str]
    features: Matrix  # candidates × features
    right: frozenset[str]

    @property
    def fold(self) -> int:
        return fold(self.right)

    @property
    def labels(self) -> NDArray[np.bool_]:
        return np.array([key in self.right for key in self.found], dtype=bool)


def collect(job: Job) -> list[Example]:
    """Ask every query of one pool; in a process of its own. With meaning through the projection
    that was trained without the query."""
    sys.stdout = sys.stderr
    settings = {"EMBEDDER": "bundled"} if job.semantic else {}
    names = MODELS["meaning" if job.semantic else "lexical"]
    step = -(-len(job.messages) // MOST)
    examples = []
    with temporary_installation.installation(job.database, settings):
        from benchmarks import product_search  # noqa: PLC0415 (models can be imported only now)

        cases = product_search.fill(job.claims)

        def ask(message: Message) -> Example:
            ranked = product_search.ranked(message.text, job.semantic)
            rows = [[found.features[name] for name in names] for found in ranked]
            keys = [cases[found.key] for found in ranked]
            return Example(keys, np.array(rows).reshape(-1, len(names)), message.right)

        if not job.semantic:
            return [ask(message) for message in job.messages[::step]]
        for number, projection in enumerate(job.projections):
            product_search.embed(job.cache, projection)
            examples += [ask(m) for m in job.messages[::step] if fold(m.right) == number]
    return examples


def _order(pools: Sequence[Sequence[Example]], names: Sequence[str]) -> Matrix:
    """Return the weights under which right candidates come before the wrong ones of their query.

    What likens two texts never counts against them, a conflict never for them; coverage alone is
    free: it bends the curve of the score of which ``lexical`` is the logarithm.
    """
    x = np.concatenate([example.features for pool in pools for example in pool])
    deviation = x.std(axis=0) + 1e-9
    queries = []
    for pool in pools:
        answered = [example for example in pool if example.labels.any()]
        share = 1 / (len(answered) * len(pools)) if answered else 0.0
        queries += [(e.features / deviation, e.labels, share) for e in answered]

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, slope = SOFTNESS / 2 * float(weights @ weights), SOFTNESS * weights
        for features, labels, share in queries:
            sums = features @ weights
            chance = np.exp(sums - sums.max())
            right = np.where(labels, chance, 0.0)
            total += share * float(np.log(chance.sum()) - np.log(right.sum()))
            push = chance / chance.sum() - right / right.sum()
            slope = slope + share * (features.T @ push)
        return total, slope

    bounds = [BOUNDS.get(name, (0, None)) for name in names]
    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", bounds=bounds)
    weights: Matrix = found.x / deviation
    return weights


def fit(pools: Sequence[Sequence[Example]], names: Sequence[str]) -> tuple[Matrix, float]:
    """Return (weights, bias): their order, and a probability in which every pool counts alike."""
    order = _order(pools, names)
    of_query = [at for at, name in enumerate(names) if name in QUERY_FEATURES]
    rows, labels, counts = [], [], []
    for examples in pools:
        size = sum(len(example.found) for example in examples)
        for example in examples:
            rows.append(np.column_stack([example.features @ order, example.features[:, of_query]]))
            labels.append(example.labels)
            counts.append(np.full(len(example.found), 1 / size))
    weight = np.concatenate(counts)
    model = LogisticRegression(C=1e6, max_iter=5_000)
    model.fit(
        np.concatenate(rows),
        np.concatenate(labels),
        sample_weight=weight * len(weight) / weight.sum(),
    )
    stretch, *constants = model.coef_[0]
    weights = order * stretch
    weights[of_query] = constants
    return weights, float(model.intercept_[0])


def validate(
    pool: Sequence[Example],
    weighed: Sequence[Sequence[Example]],
    claims: set[str],
    names: Sequence[str],
) -> Scores:
    """Score a pool with weights fitted without the fold that is scored."""
    scores = Scores()
    for number in range(FOLDS):
        seen = [[example for example in each if example.fold != number] for each in weighed]
        weights = _order(seen, names)
        for example in pool:
            if example.fold == number:
                order = np.argsort(-(example.features @ weights), kind="stable")
                found = list(dict.fromkeys(example.found[at] for at in order))
                scores.add(found, example.right, claims, 0)
    return scores


def _projections(jobs: Sequence[Job], folder: Path, cache: Path) -> tuple[Path, ...]:
    """Train one projection for each fold, without its messages and all that share an answer."""
    model = Cached(BundledEmbedder.name, BundledEmbedder.dimension, BundledEmbedder, cache)
    means, matrix = projection_training.start(jobs, model)
    paths = tuple(folder / f"without{number}.npz" for number in range(FOLDS))
    for number, path in enumerate(paths):
        seen = projection_training.without(jobs, number)
        projection_training.save(
            path, means, projection_training.trained(seen, model, means, matrix)
        )
        temporary_installation.say(f"projection {number + 1} of {FOLDS}")
    return paths


def _collected(name: str, options: argparse.Namespace) -> tuple[list[Job], list[list[Example]]]:
    semantic = name == "meaning"
    limit = options.limit_distractors if semantic else None
    changed = {"semantic": semantic, "limit_distractors": limit}
    jobs = accuracy.jobs(argparse.Namespace(**vars(options) | changed))
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="kt-fit-") as folder:
        if semantic:
            made = _projections(jobs, Path(folder), options.cache)
            jobs = [replace(job, projections=made) for job in jobs]
        with ProcessPoolExecutor(2, mp_context=context, max_tasks_per_child=1) as processes:
            return jobs, list(processes.map(collect, jobs))


def _model(name: str, options: argparse.Namespace) -> dict[str, float]:
    jobs, pools = _collected(name, options)
    each = list(zip(jobs, pools, strict=True))
    weighed = [pool for job, pool in each if job.pool not in options.unweighed]
    for job, pool in each:
        ids = {claim.id for claim in job.claims}
        scores = validate(pool, weighed, ids, MODELS[name]).summary()
        kept = {key: scores[key] for key in ("map5", "mrr", "recall50", "n")}
        print(json.dumps({"model": name, "pool": job.pool, **kept}), flush=True)
    weights, bias = fit(weighed, MODELS[name])
    rounded = {key: round(float(w), 4) for key, w in zip(MODELS[name], weights, strict=True)}
    return {"bias": round(bias, 4), **rounded}


def main() -> None:
    """Collect, validate, fit, write."""
    options = accuracy.parse(flags=["--write"], lists=["--unweighed"])
    try:
        found = {
            name: _model(name, options) for name in MODELS if name != "meaning" or options.cache
        }
    except BadLine as error:
        sys.exit(f"fit: {error}")
    path = Path(str(files("matching.scoring").joinpath("weights.json")))
    kept = json.loads(path.read_text(encoding="utf-8"))
    text = json.dumps(kept | found, indent=2) + "\n"
    print(text)
    if options.write:
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
