"""The columns of each list, as its page shows them: no more than the reader's own view Struct holds."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from service.bilans.workbook import Column, Kind
from service.declarations.files import TO_SEND_AGAIN
from service.marches.views import ActionView


class Told(msgspec.Struct, frozen=True):
    """A column and how a line of the list's view fills it; None is an empty cell."""

    label: str
    value: Callable[[Any], Any]
    kind: Kind = Kind.TEXT
    width: int = 16

    @property
    def column(self) -> Column:
        return Column(self.label, self.kind, self.width)


def sent_on(time_zone: str) -> Told:
    """The local day of a sending: a cell of a file has no time zone."""
    zone = ZoneInfo(time_zone)
    return Told("Envoyée le", lambda one: one.sent_at.astimezone(zone).date(), Kind.DAY)


def _next(action: ActionView) -> str:
    """The company by its name, as the list says it."""
    return f"{action.company or action.actor}{action.sentence.replace(action.actor, '', 1)}"


REFERENT = Told("Référent·e", lambda one: one.referent or "sans référent", width=26)
PARTICIPANTS = (
    Told("Personne", lambda one: one.name, width=28),
    Told("Commune", lambda one: one.commune, width=24),
    Told("À compléter", lambda one: "à compléter" if one.missing else None),
    Told("État", lambda one: one.state_label, width=20),
    Told("Entrée", lambda one: one.entered_on, Kind.DAY),
    Told("Dernier contact", lambda one: one.last_contact, Kind.DAY),
    Told("Prochain contact", lambda one: one.next_contact, Kind.DAY),
    Told("Dernière étape", lambda one: one.last_step, Kind.DAY),
)
COLLEAGUES = (
    Told("Personne", lambda one: one.name, width=28),
    Told("Commune", lambda one: one.commune, width=24),
    Told("État", lambda one: one.state_label, width=20),
    REFERENT,
)
OFFERS = (
    Told("Intitulé", lambda one: one.title, width=36),
    Told("Employeur", lambda one: one.employer, width=28),
    Told("Lieu", lambda one: one.place, width=24),
    Told("Horaires", lambda one: one.hours, width=36),
    Told("Heures par semaine", lambda one: one.weekly_hours, Kind.HOURS),
    Told("État", lambda one: one.state),
    Told("Proposés", lambda one: one.proposals, Kind.WHOLE),
    Told("Publiée", lambda one: one.published_on, Kind.DAY),
    Told("Ferme le", lambda one: one.closes_on, Kind.DAY),
)
EMPLOYERS = (
    Told("Nom", lambda one: one.name, width=36),
    Told("Nature", lambda one: one.kind, width=24),
    Told("SIRET", lambda one: one.siret, width=18),
    Told("Commune", lambda one: one.commune, width=24),
    Told("Contact", lambda one: one.contact_name, width=24),
    Told("Téléphone", lambda one: one.phone, width=18),
    Told("Offres ouvertes", lambda one: one.open_offers, Kind.WHOLE),
    Told("Offres en tout", lambda one: one.offers, Kind.WHOLE),
)
PROPOSALS = (
    Told("Personne", lambda one: one.who, width=28),
    Told("Offre", lambda one: one.offer, width=36),
    Told("Employeur", lambda one: one.employer, width=28),
    Told("État", lambda one: one.state, width=20),
    Told("Depuis", lambda one: one.since, Kind.DAY),
    Told("Jours", lambda one: one.days if one.waits_for else None, Kind.WHOLE),
    Told("On attend", lambda one: one.waits_for, width=28),
)
MARCHES = (
    Told("Marché", lambda one: one.reference, width=18),
    Told("Intitulé", lambda one: one.title, width=40),
    Told("Lots", lambda one: one.lots, Kind.WHOLE),
    Told("Suivi par", lambda one: one.facilitator, width=24),
    Told("État", lambda one: one.health_label, width=20),
    Told("Manque", lambda one: ", ".join(one.missing), width=28),
    Told("Qui doit agir", lambda one: _next(one.action) if one.action else None, width=44),
    Told("Avant le", lambda one: one.action.before if one.action else None, Kind.DAY),
    Told("Dû", lambda one: one.due, Kind.HOURS),
    Told("Validé", lambda one: one.validated, Kind.HOURS),
    Told("Reste", lambda one: one.remaining, Kind.HOURS),
    Told("Fin", lambda one: one.ends_on, Kind.DAY),
    Told("Acheteur", lambda one: one.buyer, width=28),
)
LOTS = (
    Told("Marché", lambda one: one.reference, width=18),
    Told("Lot", lambda one: one.number),
    Told("Intitulé", lambda one: one.title, width=40),
    Told("Titulaire", lambda one: one.titulaire, width=28),
    Told("Début", lambda one: one.starts_on, Kind.DAY),
    Told("Fin", lambda one: one.ends_on, Kind.DAY),
    Told("Dû", lambda one: one.due, Kind.HOURS),
    Told("Validé", lambda one: one.validated, Kind.HOURS),
    Told("Reste", lambda one: one.remaining, Kind.HOURS),
    Told("État", lambda one: "Clos" if one.closed else one.health_label, width=20),
    Told("Constat", lambda one: one.sentence, width=44),
)
DECLARATIONS = (
    Told("Entreprise", lambda one: one.firm, width=28),
    Told("Marché", lambda one: one.marche, width=36),
    Told("Lot", lambda one: one.lot, width=36),
    Told("Période", lambda one: one.period, width=20),
    Told("Version", lambda one: one.version, Kind.WHOLE),
    Told("Aucune heure", lambda one: "oui" if one.nothing else None),
    Told("Déclarées", lambda one: one.hours, Kind.HOURS),
    Told("Comptables", lambda one: one.countable, Kind.HOURS),
    Told("État", lambda one: one.state, width=24),
    Told("Alertes", lambda one: ", ".join(f"{a.label} ({a.count})" for a in one.alerts), width=32),
    Told("Envoyée par", lambda one: one.author, width=24),
    Told("Saisie", lambda one: one.provenance, width=20),
    Told("Jours d’attente", lambda one: one.days if one.tone == "wait" else None, Kind.WHOLE),
)


def own_declarations(firm: str, time_zone: str) -> tuple[Told, ...]:
    """A firm's own list: `firm` where the page says « Nous »; hours taken back are declared no more."""
    return (
        Told("Période", lambda one: one.period, width=20),
        Told("Marché", lambda one: one.marche, width=36),
        Told("Lot", lambda one: one.lot, width=36),
        Told("Entreprise", lambda one: one.firm or firm, width=28),
        Told("Version", lambda one: one.version, Kind.WHOLE),
        Told("Aucune heure", lambda one: "oui" if one.nothing else None),
        Told("Déclarées", lambda one: None if one.state == TO_SEND_AGAIN else one.hours, Kind.HOURS),
        Told("Acceptées", lambda one: one.accepted, Kind.HOURS),
        Told("État", lambda one: one.state, width=24),
        sent_on(time_zone),
    )


BENEFICIARIES = (
    Told("Nom", lambda one: one.name, width=28),
    Told("Éligibilité", lambda one: "En cours" if one.eligible else "Aucune en cours", width=18),
    Told("Jusqu’au", lambda one: one.eligible_until, Kind.DAY),
    Told("Travail", lambda one: one.employer if one.at_work else "Pas au travail", width=28),
    Told("Placements", lambda one: one.placements, Kind.WHOLE),
    Told("Parcours", lambda one: "Suivi par le PLIE" if one.followed else "Clauses seulement", width=20),
    Told("Naissance", lambda one: one.birth_date, Kind.DAY),
)
ORGANISATIONS = (
    Told("Nom", lambda one: one.name, width=36),
    Told("Nature", lambda one: one.kind, width=20),
    Told("Nature d’employeur", lambda one: one.employer_kind, width=24),
    Told("SIRET", lambda one: one.siret, width=18),
    Told("Commune", lambda one: one.commune, width=24),
    Told("Contact", lambda one: one.contact_name, width=24),
    Told("Téléphone", lambda one: one.phone, width=18),
    Told("Adresse e-mail", lambda one: one.email, width=32),
)
