"""The marché as typed: reading its form, filling it from what is stored."""

from datetime import date

import msgspec

from clauses import Calendar, ExemptionReason, GroupementKind, LegalBasis
from service.forms import Form
from service.organisations.chosen import NewOrganisation, read_new_organisation
from service.tables import MarcheRow


class MarcheTyped(msgspec.Struct, frozen=True, kw_only=True):
    reference: str
    title: str
    buyer: NewOrganisation
    ordering_entity: NewOrganisation
    legal_bases: tuple[LegalBasis, ...]
    groupement: GroupementKind
    calendar: Calendar
    notified_on: date | None
    perimeter: str
    facilitator_contact: str
    eligible_profiles: str
    mine: bool
    exemption: ExemptionReason | None
    exemption_note: str
    groupement_from: date | None
    groupement_reason: str


def read_marche(form: Form) -> MarcheTyped | None:
    """The form's values, or None when it has faults. The CCAG's fields may wait: what lacks is shown."""
    typed = {
        "reference": form.text("reference", "Référence", required=True, longest=60),
        "title": form.text("title", "Intitulé", required=True),
        "buyer": read_new_organisation(form, "buyer", "Acheteur", required=True),
        "ordering_entity": read_new_organisation(form, "ordering", "Bénéficiaire", required=False),
        "legal_bases": tuple(form.choices("legal_bases", "Fondement", LegalBasis)),
        "groupement": form.choice("groupement", "Groupement", GroupementKind),
        "calendar": form.choice("calendar", "Rythme des déclarations", Calendar),
        "notified_on": form.day("notified_on", "Notification"),
        "perimeter": form.text("perimeter", "Périmètre de la clause", longest=1000, lines=True),
        "facilitator_contact": form.text("facilitator_contact", "Contact du facilitateur", longest=300),
        "eligible_profiles": form.text("eligible_profiles", "Publics éligibles", longest=1000, lines=True),
        "mine": form.flag("mine"),
        "exemption": form.choice("exemption", "Motif d’exception", ExemptionReason, required=False),
        "exemption_note": form.text("exemption_note", "Précision", longest=400),
        "groupement_from": form.day("groupement_from", "Groupement changé à partir du"),
        "groupement_reason": form.text("groupement_reason", "Motif du changement", longest=150),
    }
    if not typed["legal_bases"] and typed["exemption"] is None:
        form.fault("legal_bases", "Fondement : cochez-en au moins un, ou donnez un motif d’exception.")
    if form.faults:
        return None
    return msgspec.convert(typed, MarcheTyped)


def form_of_marche(row: MarcheRow, buyer_id: str, ordering_id: str | None, account_id: int) -> Form:
    return Form.of(
        {
            "reference": row.reference,
            "title": row.title,
            "buyer": buyer_id,
            "ordering": ordering_id,
            "legal_bases": row.legal_bases,
            "groupement": row.groupement,
            "calendar": row.calendar,
            "notified_on": row.notified_on,
            "perimeter": row.perimeter,
            "facilitator_contact": row.facilitator_contact,
            "eligible_profiles": row.eligible_profiles,
            "mine": "1" if row.facilitator_id == account_id else None,
            "exemption": row.exemption,
            "exemption_note": row.exemption_note,
        }
    )
