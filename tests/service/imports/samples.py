"""Offers in the shape of France Travail's public API, all invented."""

from typing import Any

CLEANER: dict[str, Any] = {
    "id": "198ABCD",
    "intitule": "Agent / Agente de nettoyage de locaux (H/F)",
    "description": "Entretien de bureaux.\nVéhicule indispensable.",
    "dateCreation": "2026-01-20T09:38:37.000Z",
    "dateActualisation": "2026-01-21T09:38:39.000Z",
    "lieuTravail": {
        "libelle": "62 - ARQUES",
        "latitude": 50.7358,
        "longitude": 2.3023,
        "codePostal": "62510",
        "commune": "62040",
    },
    "romeCode": "K2204",
    "romeLibelle": "Nettoyage de locaux",
    "appellationlibelle": "Agent / Agente de nettoyage de locaux",
    "entreprise": {"nom": "PROPRE NORD", "entrepriseAdaptee": False},
    "typeContrat": "CDD",
    "typeContratLibelle": "Contrat à durée déterminée - 6 Mois",
    "natureContrat": "Contrat travail",
    "experienceExige": "E",
    "experienceLibelle": "2 An(s)",
    "competences": [
        {"code": "1", "libelle": "Nettoyer des surfaces", "exigence": "E"},
        {"code": "2", "libelle": "Gérer un stock", "exigence": "S"},
    ],
    "permis": [
        {"libelle": "B - Véhicule léger", "exigence": "E"},
        {"libelle": "Aucun permis", "exigence": "S"},
    ],
    "salaire": {"libelle": "Mensuel de 1801.80 Euros sur 12 mois"},
    "dureeTravailLibelle": "35H Horaires normaux",
    "dureeTravailLibelleConverti": "Temps plein",
    "alternance": False,
    "nombrePostes": 2,
    "contexteTravail": {"horaires": ["35H/semaine\nTravail en journée"]},
}


def offer(**changes: Any) -> dict[str, Any]:
    """The cleaner's offer with some fields changed."""
    return {**CLEANER, **changes}
