"""Fit the weights of ``matching.scoring.probability_model``.

    python -m benchmarks.weight_fitting --claims F --queries F [--distractors F] [--cache DIR] \\
        [--write]

Every query goes through the product's own search; its candidates, right or wrong, are the
examples. The weights put the right ones of a query before its wrong ones (softmax over its
candidates, as in ListNet); then the sums, with what is known of the query, become a probability
(Platt). Each pool has the same weight, whatever its size. Prints MAP@5, MRR and recall@50 by
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
from benchmarks.datasets import InvalidFileError, Message
from benchmarks.embedding_cache import CachedEmbedder
from benchmarks.metrics import FOLDS, MAX_QUERIES, Scores, fold_of
from matching.scoring.features import LEXICAL_FEATURES, QUERY_FEATURES, SEMANTIC_FEATURES
from matching.semantic.embedder import BundledEmbedder

SOFTNESS = 0.001  # of the weights: half their square is added to the loss
BOUNDS = {"conflicts": (None, 0), "coverage": (None, None), **dict.fromkeys(QUERY_FEATURES, (0, 0))}
MODELS = {"lexical": LEXICAL_FEATURES, "meaning": LEXICAL_FEATURES + SEMANTIC_FEATURES}
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """One query: the claims and features of its candidates, best first, and the right answers."""

    keys: list[str]
    features: Matrix  # candidates × features
    right: frozenset[str]

    @property
    def fold(self) -> int:
        return fold_of(self.right)

    @property
    def labels(self) -> NDArray[np.bool_]:
        return np.array([key in self.right for key in self.keys], dtype=bool)


def collect_examples(job: Job) -> list[Example]:
    """Run every query of one pool, in a process of its own; with meaning through the projection
    that was trained without the query."""
    sys.stdout = sys.stderr
    settings = {"EMBEDDER": "bundled"} if job.semantic else {}
    names = MODELS["meaning" if job.semantic else "lexical"]
    step = -(-len(job.messages) // MAX_QUERIES)
    examples = []
    with temporary_installation.installation(job.database, settings):
        from benchmarks import product_search  # noqa: PLC0415 (models can be imported only now)

        cases = product_search.index_claims(job.claims)

        def example(message: Message) -> Example:
            ranked = product_search.rank_candidates(message.text, job.semantic)
            rows = [[candidate.features[name] for name in names] for candidate in ranked]
            keys = [cases[candidate.key] for candidate in ranked]
            return Example(keys, np.array(rows).reshape(-1, len(names)), message.right)

        if not job.semantic:
            return [example(message) for message in job.messages[::step]]
        for number, projection in enumerate(job.projections):
            product_search.embed_wordings(job.cache, projection)
            examples += [example(m) for m in job.messages[::step] if fold_of(m.right) == number]
    return examples


def _fit_order(pools: Sequence[Sequence[Example]], names: Sequence[str]) -> Matrix:
    """Return the weights that rank right candidates before the wrong ones of their query.

    Weights of similarities cannot be negative, that of conflicts cannot be positive; only coverage
    is free: it bends the curve of the score of which ``lexical`` is the logarithm.
    """
    x = np.concatenate([example.features for pool in pools for example in pool])
    deviation = x.std(axis=0) + 1e-9
    queries = []
    for pool in pools:
        answered = [example for example in pool if example.labels.any()]
        share = 1 / (len(answered) * len(pools)) if answered else 0.0
        queries += [(e.features / deviation, e.labels, share) for e in answered]

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, gradient = SOFTNESS / 2 * float(weights @ weights), SOFTNESS * weights
        for features, labels, share in queries:
            sums = features @ weights
            exponentials = np.exp(sums - sums.max())
            right = np.where(labels, exponentials, 0.0)
            total += share * float(np.log(exponentials.sum()) - np.log(right.sum()))
            residual = exponentials / exponentials.sum() - right / right.sum()
            gradient = gradient + share * (features.T @ residual)
        return total, gradient

    bounds = [BOUNDS.get(name, (0, None)) for name in names]
    optimum = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", bounds=bounds)
    weights: Matrix = optimum.x / deviation
    return weights


def fit(pools: Sequence[Sequence[Example]], names: Sequence[str]) -> tuple[Matrix, float]:
    """Return (weights, bias) of a probability in which every pool has the same weight."""
    order = _fit_order(pools, names)
    of_query = [index for index, name in enumerate(names) if name in QUERY_FEATURES]
    rows, labels, counts = [], [], []
    for examples in pools:
        size = sum(len(example.keys) for example in examples)
        for example in examples:
            rows.append(np.column_stack([example.features @ order, example.features[:, of_query]]))
            labels.append(example.labels)
            counts.append(np.full(len(example.keys), 1 / size))
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


def cross_validate(
    pool: Sequence[Example],
    weighed: Sequence[Sequence[Example]],
    claims: set[str],
    names: Sequence[str],
) -> Scores:
    """Return the scores of a pool, each fold with weights fitted without it."""
    scores = Scores()
    for number in range(FOLDS):
        seen = [[example for example in each if example.fold != number] for each in weighed]
        weights = _fit_order(seen, names)
        for example in pool:
            if example.fold == number:
                order = np.argsort(-(example.features @ weights), kind="stable")
                keys = list(dict.fromkeys(example.keys[index] for index in order))
                scores.add(keys, example.right, claims, 0)
    return scores


def _projections(jobs: Sequence[Job], folder: Path, cache: Path) -> tuple[Path, ...]:
    """Train one projection for each fold without its messages and all that share an answer."""
    model = CachedEmbedder(BundledEmbedder.name, BundledEmbedder.dimension, BundledEmbedder, cache)
    means, matrix = projection_training.initial_projection(jobs, model)
    paths = tuple(folder / f"without{number}.npz" for number in range(FOLDS))
    for number, path in enumerate(paths):
        seen = projection_training.leave_out_fold(jobs, number)
        projection_training.save(
            path, means, projection_training.train_on_pools(seen, model, means, matrix)
        )
        temporary_installation.log_progress(f"projection {number + 1} of {FOLDS}")
    return paths


def _collected(name: str, options: argparse.Namespace) -> tuple[list[Job], list[list[Example]]]:
    semantic = name == "meaning"
    limit = options.limit_distractors if semantic else None
    changed = {"semantic": semantic, "limit_distractors": limit}
    jobs = accuracy.read_jobs(argparse.Namespace(**vars(options) | changed))
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="kt-fit-") as folder:
        if semantic:
            projections = _projections(jobs, Path(folder), options.cache)
            jobs = [replace(job, projections=projections) for job in jobs]
        with ProcessPoolExecutor(2, mp_context=context, max_tasks_per_child=1) as processes:
            return jobs, list(processes.map(collect_examples, jobs))


def _model(name: str, options: argparse.Namespace) -> dict[str, float]:
    jobs, pools = _collected(name, options)
    each = list(zip(jobs, pools, strict=True))
    weighed = [pool for job, pool in each if job.pool not in options.unweighed]
    for job, pool in each:
        ids = {claim.id for claim in job.claims}
        scores = cross_validate(pool, weighed, ids, MODELS[name]).summary()
        figures = {key: scores[key] for key in ("map5", "mrr", "recall50", "n")}
        print(json.dumps({"model": name, "pool": job.pool, **figures}), flush=True)
    weights, bias = fit(weighed, MODELS[name])
    rounded = {key: round(float(w), 4) for key, w in zip(MODELS[name], weights, strict=True)}
    return {"bias": round(bias, 4), **rounded}


def main() -> None:
    """Collect examples, validate, fit, write."""
    options = accuracy.parse_options(flags=["--write"], lists=["--unweighed"])
    try:
        fitted = {
            name: _model(name, options) for name in MODELS if name != "meaning" or options.cache
        }
    except InvalidFileError as error:
        sys.exit(f"fit: {error}")
    path = Path(str(files("matching.scoring").joinpath("weights.json")))
    kept = json.loads(path.read_text(encoding="utf-8"))
    text = json.dumps(kept | fitted, indent=2) + "\n"
    print(text)
    if options.write:
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
