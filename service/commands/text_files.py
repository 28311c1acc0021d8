"""What `passerelle occupations` and `passerelle skills` share: texts resolved and measured from files."""

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matching.occupations import Resolver
    from service.reference.text_tables import Fault, Table

Find = Callable[[], "Resolver | None"]
HEADER = ("id", "rank", "code", "label", "probability", "words", "certain")
MISSES = ("query_id", "query", "gold_ids", "place", "found")
_DEEPEST = 1000  # places looked at for the reciprocal rank


def add_acts(parser: argparse.ArgumentParser, find: Find, noun: str) -> None:
    """Add `resolve` and `evaluate`; `find` gives the resolver used without --labels, if there is one."""
    acts = parser.add_subparsers(title="actions", dest="act", metavar="ACTION", required=True)
    resolve = acts.add_parser("resolve", help=f"trouve les {noun} que désignent des textes")
    resolve.add_argument(
        "file",
        type=Path,
        metavar="FICHIER.tsv",
        help="textes : colonnes id, text (« - » : l’entrée standard)",
    )
    resolve.add_argument("--top", type=_positive, default=10, metavar="K", help="réponses par texte (10)")
    resolve.add_argument(
        "--out", type=Path, metavar="SORTIE.tsv", help="fichier écrit (sinon la sortie standard)"
    )
    resolve.set_defaults(run=lambda args: run_resolve(args, find))
    evaluate = acts.add_parser("evaluate", help="mesure la qualité sur des textes dont la réponse est connue")
    evaluate.add_argument(
        "file",
        type=Path,
        metavar="ATTENDUS.tsv",
        help="colonnes query_id, query, gold_ids (« | » entre les codes)",
    )
    evaluate.add_argument(
        "--misses", type=Path, metavar="ECARTS.tsv", help="fichier des écarts (ATTENDUS.misses.tsv)"
    )
    evaluate.set_defaults(run=lambda args: run_evaluate(args, find))
    for act in (resolve, evaluate):
        act.add_argument(
            "--labels", type=Path, metavar="LIBELLES.tsv", help="autre table de libellés : colonnes id, label"
        )
        act.add_argument(
            "--semantic",
            action="store_true",
            help="exige la lecture du sens (compétences, --labels) ; sans cela, si installée",
        )


def _positive(text: str) -> int:
    value = int(text)
    if not 1 <= value <= _DEEPEST:
        raise argparse.ArgumentTypeError(f"{value} : un nombre de 1 à {_DEEPEST} est attendu")
    return value


def run_resolve(args: Any, find: Find) -> int:
    from service.reference.text_tables import Fault, TableError, read_table

    try:
        table = read_table(args.file, ("id", "text"))
        resolver, faults = _resolver(args.labels, find, args.semantic)
    except TableError as error:
        return _refuse(str(error))
    rows: list[tuple[str, ...]] = []
    first: dict[str, int] = {}
    for number, (one, text) in table.rows:
        if first.setdefault(one, number) != number:
            table.faults.append(
                Fault(number, f"l’identifiant « {one[:60]} » est déjà celui de la ligne {first[one]}.")
            )
            continue
        found = resolver.resolve(text, args.top)
        if not found:
            table.faults.append(Fault(number, f"« {text[:60]} » ne contient aucune lettre."))
        for rank, candidate in enumerate(found, start=1):
            rows.append(
                (one, str(rank), candidate.code, candidate.label, f"{candidate.probability:.4f}",
                 " ".join(candidate.words), "true" if candidate.certain else "false")
            )  # fmt: skip
    if not _write(args.out, HEADER, rows):
        return _refuse(f"{args.out} ne peut pas être écrit.")
    return _tell(args.file, table, faults)


def run_evaluate(args: Any, find: Find) -> int:
    from time import perf_counter

    from matching.text_metrics import measure, place_of
    from service.reference.text_tables import TableError, read_table

    try:
        table = read_table(args.file, ("query_id", "query", "gold_ids"))
        resolver, faults = _resolver(args.labels, find, args.semantic)
    except TableError as error:
        return _refuse(str(error))
    if not table.rows:
        _tell(args.file, table, faults)
        return _refuse(f"{args.file.name} ne contient aucune ligne lisible : rien à mesurer.")
    places: list[tuple[int | None, bool]] = []
    spent: list[float] = []
    misses: list[tuple[str, ...]] = []
    known, unknown = resolver.codes, dict[str, None]()
    resolver.resolve(table.rows[0][1][1])  # what is loaded once is not counted
    answers = []
    for _, (_one, query, _gold) in table.rows:  # one after the other, as in use: deep lists come after
        began = perf_counter()
        answers.append(resolver.resolve(query, 10))
        spent.append(perf_counter() - began)
    for (_, (one, query, gold)), shown in zip(table.rows, answers, strict=True):
        right = {code.strip() for code in gold.split("|")}
        unknown |= dict.fromkeys(sorted(right - known))
        place = place_of(right, resolver.rank(query, _DEEPEST))
        places.append((place, not shown))
        if place != 0:
            told = " | ".join(f"{candidate.code} {candidate.label}" for candidate in shown[:5])
            misses.append((one, query, gold, "" if place is None else str(place + 1), told))
    figures = measure(places)
    spent.sort()
    for name, value in (
        ("queries", str(figures.queries)),
        ("MRR", f"{figures.mrr:.4f}"),
        ("hit@1", f"{figures.hit_1:.4f}"),
        ("hit@5", f"{figures.hit_5:.4f}"),
        ("hit@10", f"{figures.hit_10:.4f}"),
        ("empty", f"{figures.empty:.4f}"),
        ("ms_per_query_median", f"{1000 * spent[len(spent) // 2]:.3f}"),
        ("ms_per_query_mean", f"{1000 * sum(spent) / len(spent):.3f}"),
    ):
        print(f"{name}\t{value}")
    path = args.misses or Path(f"{args.file.stem}.misses.tsv")
    if not _write(path, MISSES, misses):
        return _refuse(f"{path} ne peut pas être écrit.")
    print(f"{len(misses)} écarts écrits dans {path}", file=sys.stderr)
    if unknown:
        print(
            f"Codes attendus que les libellés n’ont pas, comptés comme manqués : {len(unknown)} "
            f"({', '.join([*unknown][:5])}{'…' if len(unknown) > 5 else ''})",
            file=sys.stderr,
        )
    return _tell(args.file, table, faults)


def _resolver(labels: Path | None, find: Find, semantic: bool) -> "tuple[Resolver, list[tuple[Path, Fault]]]":
    from matching.occupations import Resolver
    from matching.text_meaning import encoder
    from service.reference.meanings import meaning_of
    from service.reference.text_tables import TableError, read_table

    if semantic and encoder() is None:
        raise TableError(
            "La lecture du sens n’est pas installée. Pour l’ajouter : pip install 'passerelle[semantic]'."
        )
    if labels is None:
        found = find()
        if found is None:
            raise TableError(
                "Les compétences viennent du ROME : importez-le (passerelle import rome FICHIER.zip) "
                "ou donnez une table avec --labels."
            )
        return found, []
    table = read_table(labels, ("id", "label"))
    if not table.rows:
        raise TableError(f"{labels.name} ne contient aucun libellé lisible.")
    pairs = ((one, label) for _, (one, label) in table.rows)
    return Resolver.over(pairs, meaning=meaning_of, senses=True), [(labels, fault) for fault in table.faults]


def _write(path: Path | None, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bool:
    text = "".join("\t".join(row) + "\n" for row in (header, *rows))
    if path is None:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        sys.stdout.write(text)
        return True
    try:
        path.write_text(text, encoding="utf-8")
    except OSError:
        return False
    return True


def _tell(path: Path, table: "Table", others: "list[tuple[Path, Fault]]") -> int:
    faults = [*others, *((path, fault) for fault in sorted(table.faults, key=lambda fault: fault.line))]
    for where, fault in faults:
        print(f"{where.name}, {fault}", file=sys.stderr)
    return 1 if faults else 0


def _refuse(sentence: str) -> int:
    print(f"passerelle : {sentence}", file=sys.stderr)
    return 2
