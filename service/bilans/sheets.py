"""The spreadsheet of a frozen bilan: the facilitation's with names, the shared one with codes."""

from service.bilans.cells import FEWEST, Cell
from service.bilans.views import BilanView, Head, SharedBilanView
from service.bilans.workbook import Column, Kind, Sheet, reading_sheet, workbook
from service.formats import instant

HIDDEN = f"moins de {FEWEST} personnes"
LEFT_OUT = "noms des personnes, motifs d’éligibilité"


def bilan_workbook(view: BilanView) -> bytes:
    people = Sheet(
        name="Personnes",
        columns=(
            *(Column(x, width=26) for x in ("Personne", "Code", "Entreprise", "Emploi", "Modalité")),
            Column("Heures des mois du trimestre", Kind.HOURS),
            Column("Heures validées depuis le début", Kind.HOURS),
        ),
        rows=[
            (x.name, x.code, x.firm, x.employment, x.modality, x.quarter_hours, x.hours) for x in view.lines
        ],
    )
    corrections = Sheet(
        name="Corrections",
        columns=(
            *(Column(x, width=26) for x in ("Personne", "Entreprise", "Nature")),
            Column("Mois", Kind.DAY),
            *(Column(x, Kind.HOURS) for x in ("Avant", "Après", "Différence")),
        ),
        rows=[(c.name, c.firm, c.kind, c.month, c.before, c.after, c.change) for c in view.corrections],
    )
    cells = (*view.by_firm, *view.by_employment, *view.by_modality)
    return _book(
        view.head, "complet, pour la facilitation", "motifs d’éligibilité", people, corrections, cells
    )


def shared_workbook(view: SharedBilanView) -> bytes:
    people = Sheet(
        name="Personnes",
        columns=(
            Column("Code"),
            Column("Heures des mois du trimestre", Kind.HOURS),
            Column("Heures validées depuis le début", Kind.HOURS),
        ),
        rows=[(x.code, x.quarter_hours, x.hours) for x in view.lines],
    )
    corrections = Sheet(
        name="Corrections",
        columns=(Column("Mois", Kind.DAY), Column("Différence", Kind.HOURS)),
        rows=[(c.month, c.change) for c in view.corrections],
    )
    cells = (*view.by_firm, *view.by_employment, *view.by_modality)
    left_out = f"{LEFT_OUT} ; mesures sur moins de {FEWEST} personnes"
    return _book(view.head, "à partager avec l’acheteur", left_out, people, corrections, cells)


def _book(
    head: Head, copy: str, left_out: str, people: Sheet, corrections: Sheet, cells: tuple[Cell, ...]
) -> bytes:
    reading = reading_sheet(
        [
            ("Bilan", f"{head.reference} {head.marche}, lot {head.number} {head.title}"),
            ("Filtre : trimestre", head.quarter),
            ("Filtre : lot", f"{head.reference}, lot {head.number}"),
            ("Acheteur", head.buyer),
            ("Titulaire", head.titulaire),
            ("Arrêté le", instant(head.known_at, head.time_zone)),
            ("Arrêté par", head.author),
            ("Exemplaire", copy),
            ("Colonnes laissées", left_out),
            *(("Alerte", alert) for alert in head.alerts),
        ]
    )
    return workbook([reading, _figures(head), people, corrections, breakdown(cells)], head.known_at.date())


def _figures(head: Head) -> Sheet:
    rows = [
        ("Dû", head.due, None),
        ("Prévu par les commandes", head.forecast, None),
        ("Déclaré dans les déclarations acceptées", head.declared, None),
        ("Qui peut compter", head.countable, None),
        ("Validé depuis le début", head.validated, None),
        ("dont validé au bilan précédent", head.former_validated, None),
        ("dont corrections des mois déjà arrêtés", head.corrections, None),
        ("dont mois nouveaux", head.quarter_hours, None),
        ("En attente de contrôle", head.waiting, None),
        ("Part du temps", None, head.time_share),
        ("Part des heures", None, head.hours_share),
    ]
    columns = (Column("Mesure", width=42), Column("Heures", Kind.HOURS), Column("Part", Kind.SHARE))
    return Sheet(name="Mesures", columns=columns, rows=rows)


def breakdown(cells: tuple[Cell, ...]) -> Sheet:
    columns = (
        Column("Répartition", width=42),
        Column("Heures validées", Kind.HOURS),
        Column("Personnes", Kind.WHOLE),
        Column("Note", width=26),
    )
    rows = [(c.label, c.hours, c.people, HIDDEN if c.people is None else None) for c in cells]
    return Sheet(name="Répartition", columns=columns, rows=rows)
