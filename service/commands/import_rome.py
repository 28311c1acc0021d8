"""`passerelle import rome FILE.zip`: the official ROME 4.0 archive, with its text models fitted."""

import argparse
import sys
from pathlib import Path
from typing import Any


def add_source(sources: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `rome` to the sources of `passerelle import`."""
    parser = sources.add_parser(
        "rome",
        help="importe le référentiel ROME 4.0 (archive officielle de France Travail)",
        description=(
            "Lit l’archive RefRomeCsv_v….zip (codes, appellations, compétences, contextes, mobilités), "
            "ajuste les modèles de texte (une à trois minutes) et les met en service sans redémarrage. "
            "Relancée avec une autre version, la commande remplace la précédente."
        ),
    )
    parser.add_argument(
        "file", metavar="FICHIER.zip", type=Path, help="archive officielle, telle que téléchargée"
    )
    parser.add_argument(
        "--jobs", type=int, default=-1, help="processus en parallèle (par défaut : tous les cœurs)"
    )
    parser.set_defaults(run=run)


def run(args: Any) -> int:
    from tqdm import tqdm

    from service.formats import integer
    from service.reference.rome_archive import ArchiveError, read_archive
    from service.reference.rome_store import store
    from service.settings import read_settings

    try:
        tables = read_archive(args.file)
        with tqdm(total=2 * len(tables.codes), desc="Ajustement", unit=" métiers", file=sys.stderr) as bar:

            def told(done: int, _: int) -> None:
                bar.update(done - bar.n)

            stamp = store(tables, read_settings().data_dir, told, args.jobs)
    except ArchiveError as error:
        print(f"passerelle : {error}", file=sys.stderr)
        return 1
    counts = [
        (stamp.codes, "codes"),
        (stamp.appellations, "appellations"),
        (stamp.skills, "compétences et savoirs"),
        (stamp.links, "liens"),
        (stamp.contexts, "contextes"),
        (stamp.mobilities, "mobilités"),
    ]
    print(
        f"ROME version {stamp.version} : {', '.join(f'{integer(count)} {noun}' for count, noun in counts)}."
    )
    figures = stamp.figures
    print(
        f"Sur {integer(figures.queries)} appellations mises de côté : premier code juste "
        f"{percent(figures.hit_1)}, dans les dix premiers {percent(figures.hit_10)} ; "
        f"acceptées seules {percent(stamp.sure)}, dont justes {percent(stamp.sure_right)}."
    )
    return 0


def percent(share: float) -> str:
    """0.623 -> « 62,3 % »."""
    return f"{100 * share:.1f}".replace(".", ",") + "\u202f%"
