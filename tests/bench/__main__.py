"""`make bench`: pairs examined and nominal pairs a second, peak memory, against named baselines.

One core, one run, seeded worlds (see ``worlds``). Kernel time is CPU time of the thread: it holds all
constraints, both scores and the top 20 of each person, and leaves out encoding, which is told beside it. Each
block is read three times; rates are of the best, since a neighbour on the same core halves a reading, and the
first readings are told too. ``nominal`` counts every person × post; ``examined`` those in reach.
"""

import os
import resource
import time

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"
os.environ.setdefault("PASSERELLE_NUMBA", "always")

from matching import jit  # noqa: E402
from matching.encoding import Book, Posts  # noqa: E402
from matching.engine import top_of_block  # noqa: E402
from matching.participant import Participant  # noqa: E402
from matching.world import world  # noqa: E402
from tests.bench import pages  # noqa: E402
from tests.bench.baselines import Baseline, baselines  # noqa: E402
from tests.bench.worlds import DENSE, ON, SPARSE, Kind, offers_of, people_of  # noqa: E402

KEPT, BLOCK = 20, 500
TIMES = 3
SIZES = ((SPARSE, 2_000, 5_000), (DENSE, 2_000, 5_000), (SPARSE, 20_000, 20_000))
# 200,000 × 300,000 would hold the same people over and over: a slice of its people by all its posts.
SLICE = (SPARSE, 500, 300_000)


def main() -> None:
    path = "compilé (numba)" if jit.available() else "numpy"
    print(f"noyau {path}, un cœur, {KEPT} gardées par personne, blocs de {BLOCK} personnes")
    print(f"{'monde':8}{'personnes':>10}{'offres':>9}{'1re s':>9}{'noyau s':>9}{'nominal M/s':>13}", end="")
    print(
        f"{'examiné M/s':>13}{'à portée':>9}{'faisable':>10}{'notées':>8}{'encodage s':>12}{'mémoire Mo':>11}"
    )
    rates = {}
    for kind, people, offers in (*SIZES, SLICE):
        rates[kind.name, people, offers] = measure(kind, people, offers)
    ours = rates[SPARSE.name, 2_000, 5_000]
    print("\nRéférences, qui ne comparent que des intitulés (aucune contrainte), même cœur :")
    for one in baselines(people_of(SPARSE, 2_000), offers_of(SPARSE, 5_000)):
        tell(one, ours)
    pages.main()


def measure(kind: Kind, people: int, offers: int) -> float:
    """One line of figures; nominal pairs a second."""
    who, posts_given = people_of(kind, people), offers_of(kind, offers)
    started = time.process_time()
    book = Book(world(), ON)
    posts = book.posts(posts_given)
    # Compiles, or reads what was compiled, outside the measure.
    top_of_block(book.block(who[:2], posts), KEPT)
    encoding = time.process_time() - started
    kernel, first_time, counts = 0.0, 0.0, [0, 0, 0, 0, 0]
    for first in range(0, people, BLOCK):
        spent, block_counts, prepared = _one_block(book, who[first : first + BLOCK], posts)
        kernel, first_time = kernel + min(spent), first_time + spent[0]
        encoding += prepared
        counts = [one + two for one, two in zip(counts, block_counts, strict=True)]
    pairs = people * offers
    print(
        f"{kind.name:8}{people:>10}{offers:>9}{first_time:>9.3f}{kernel:>9.3f}{pairs / kernel / 1e6:>13.0f}",
        end="",
    )
    print(f"{counts[3] / kernel / 1e6:>13.0f}{counts[3] / pairs:>9.1%}", end="")
    print(f"{(counts[1] + counts[2]) / pairs:>10.1%}{counts[4] / pairs:>8.2%}{encoding:>12.2f}", end="")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:>11.0f}", flush=True)
    return pairs / kernel


def _one_block(book: Book, who: list[Participant], posts: Posts) -> tuple[list[float], list[int], float]:
    started = time.process_time()
    block = book.block(who, posts)
    prepared = time.process_time() - started
    spent = []
    for _ in range(TIMES):
        started = time.thread_time()
        top = top_of_block(block, KEPT)
        spent.append(time.thread_time() - started)
    return spent, [int(one) for one in top.counts.sum(axis=0)], prepared


def tell(one: Baseline, ours: float) -> None:
    print(
        f"  {one.name:48}{one.people:>6} × {one.offers:<6} {one.rate / 1e6:>9.3f} M/s"
        f"   le noyau : {ours / one.rate:,.0f} fois"
    )


if __name__ == "__main__":
    main()
