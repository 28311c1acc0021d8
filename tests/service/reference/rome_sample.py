"""A ROME archive of six occupations, in the tables and columns of the official one."""

import csv
import io
import zipfile
from pathlib import Path

CODES = {
    "D1102": "Boulanger / Boulangère",
    "F1703": "Maçon / Maçonne",
    "K1304": "Employé familial / Employée familiale",
    "K2205": "Agent / Agente de propreté de locaux",
    "N1101": "Cariste",
    "N4101": "Conducteur / Conductrice de poids lourd",
}
NAMES = {
    "D1102": ["Boulanger / Boulangère de nuit", "Aide-boulanger / Aide-boulangère", "Tourier / Tourière"],
    "F1703": ["Maçon / Maçonne en pierre", "Briqueteur / Briqueteuse", "Aide-maçon / Aide-maçonne"],
    "K1304": ["Femme de ménage", "Aide ménager / Aide ménagère", "Employé / Employée de maison"],
    "K2205": [
        "Agent / Agente de nettoyage",
        "Nettoyeur / Nettoyeuse de locaux",
        "Technicien / Technicienne de surface",
    ],
    "N1101": [
        "Cariste d'entrepôt",
        "Cariste réceptionnaire",
        "Conducteur / Conductrice de chariot élévateur",
    ],
    "N4101": ["Chauffeur / Chauffeuse poids lourd", "Conducteur / Conductrice routier", "Routier / Routière"],
}
SKILLS = {"100": "Nettoyer une surface", "101": "Repasser du linge", "102": "Conduire un chariot élévateur"}
KNOWLEDGE = {"200": "Produits de nettoyage"}
CONTEXTS = {"300": "Travail de nuit"}
LINKS = [
    *(
        ("K2205", "100", "Principale"),
        ("K2205", "200", ""),
        ("K1304", "100", ""),
        ("K1304", "101", "Principale"),
    ),
    *(("K1304", "200", "Émergente"), ("N1101", "102", "Principale"), ("D1102", "300", "")),
]


def tables() -> dict[str, list[list[str]]]:
    """Table -> rows, the header first."""
    ogr = iter(range(1000, 2000))
    return {
        "referentiel_code_rome": [
            ["code_rome", "code_fiche_metier", "code_ogr", "libelle_rome", "code_rome_parent"],
            *([code, "1", str(next(ogr)), label, code] for code, label in CODES.items()),
        ],
        "referentiel_appellation": [
            ["code_ogr", "libelle_appellation_long", "libelle_appellation_court", "code_rome"],
            *([str(next(ogr)), name, name, code] for code, names in NAMES.items() for name in names),
        ],
        "referentiel_competence": [
            ["code_ogr", "nature", "libelle_competence"],
            *([one, "Compétence", label] for one, label in SKILLS.items()),
        ],
        "referentiel_savoir": [["code_ogr_savoir", "libelle_savoir"], *map(list, KNOWLEDGE.items())],
        "referentiel_contexte_travail": [
            ["code_ogr", "libelle_cont_travail", "code_type_cont_trav", "libelle_type_cont_trav"],
            *([one, label, "2", "Horaires et durée du travail"] for one, label in CONTEXTS.items()),
        ],
        "coherence_item": [["code_rome", "code_ogr", "coeur_metier"], *map(list, LINKS)],
        "rubrique_mobilite": [["code_rome", "code_rome_cible", "numero_ordre"], ["K2205", "K1304", "1"]],
    }


def write(path: Path, content: dict[str, list[list[str]]], version: str = "460") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for table, rows in content.items():
            text = io.StringIO()
            csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
            archive.writestr(f"unix_{table}_v{version}_utf8.csv", text.getvalue())
    return path
