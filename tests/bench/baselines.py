"""What is compared with: text against text, as most matching tools do, on the same people and posts.

Each compares the label of the trade wanted with the label of the post, keeps the best 20, and judges no
constraint. The sample of each is told: the slow ones are not given more than they can do in seconds.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn

from matching.offer import Offer
from matching.participant import Participant
from matching.rome import load_rome_codes

KEPT = 20


@dataclass(frozen=True)
class Baseline:
    """rate: pairs a second of CPU, on so many people and offers."""

    name: str
    people: int
    offers: int
    rate: float


def baselines(people: list[Participant], offers: list[Offer]) -> list[Baseline]:
    """The three baselines, measured."""
    labels = [label for _, label in sorted(load_rome_codes().items())]

    def named(rome: str) -> str:
        return labels[int(rome[1:]) % len(labels)]

    wanted = [named(one.projects[0].wanted[0].rome) for one in people]
    posts = [named(one.rome[0].rome) for one in offers]
    return [
        _timed("boucle Python, rapidfuzz.fuzz.token_set_ratio", wanted[:20], posts, _loop),
        _timed("rapidfuzz.process.cdist (token_set_ratio)", wanted[:200], posts, _cdist),
        _timed("TF-IDF + sparse_dot_topn", wanted, posts, _tfidf),
    ]


def _timed(
    name: str, wanted: list[str], posts: list[str], run: Callable[[list[str], list[str]], None]
) -> Baseline:
    started = time.process_time()
    run(wanted, posts)
    return Baseline(name, len(wanted), len(posts), len(wanted) * len(posts) / (time.process_time() - started))


def _loop(wanted: list[str], posts: list[str]) -> None:
    for one in wanted:
        sorted(((fuzz.token_set_ratio(one, post), rank) for rank, post in enumerate(posts)))[-KEPT:]


def _cdist(wanted: list[str], posts: list[str]) -> None:
    scores = process.cdist(wanted, posts, scorer=fuzz.token_set_ratio, dtype=np.uint8, workers=1)
    np.argpartition(scores, -KEPT, axis=1)


def _tfidf(wanted: list[str], posts: list[str]) -> None:
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4)).fit(posts)
    sp_matmul_topn(vectors.transform(wanted), vectors.transform(posts).T.tocsr(), top_n=KEPT, n_threads=1)
