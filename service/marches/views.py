"""What pages show of marchés: the portfolio's lines, a marché's file."""

from datetime import date

import msgspec

from clauses import Actor, Health, NextAction, Task
from service.documents.views import DocumentLine
from service.ledger.lot_file import LotFile
from service.ledger.standing import Standing
from service.listing import Listing

# How each health is shown: a word of the core, and the shape of macros/lists.html.
TONES = {
    Health.LATE: "stop",
    Health.AT_RISK: "warn",
    Health.ON_TRACK: "ok",
    Health.DONE: "ok",
    Health.UNKNOWN: "quiet",
}
# The worst first: a marché is as healthy as its worst lot.
WORST_FIRST = (Health.LATE, Health.AT_RISK, Health.UNKNOWN, Health.ON_TRACK, Health.DONE)


class ActionView(msgspec.Struct, frozen=True, kw_only=True):
    """Who must act next, on what, since when and before when. `address`: where the facilitator does it, or
    sees what is awaited; "" when there is no such page. `yours`: she acts, and
    `asked` follows « À vous de »."""

    task: str
    actor: str
    company: str
    since: date
    before: date
    late: bool
    sentence: str
    asked: str
    address: str
    link: str
    yours: bool


class LotLine(msgspec.Struct, frozen=True, kw_only=True):
    """A lot in a list: hours in hundredths, None when not known; shares in ten-thousandths."""

    id: str
    marche_id: str
    reference: str
    marche_title: str
    number: str
    title: str
    buyer: str
    titulaire: str
    starts_on: date
    ends_on: date
    due: int | None
    expected: int | None
    validated: int
    remaining: int | None
    time_share: int | None
    hours_share: int | None
    health: str
    health_label: str
    tone: str
    sentence: str
    action: ActionView | None
    closed: bool


class MarcheLine(msgspec.Struct, frozen=True, kw_only=True):
    """A marché in the portfolio. `due` sums its lots; None as soon as one is not known."""

    id: str
    reference: str
    title: str
    buyer: str
    facilitator: str
    lots: int
    due: int | None
    validated: int
    remaining: int | None
    ends_on: date | None
    health: str
    health_label: str
    tone: str
    action: ActionView | None
    missing: tuple[str, ...]


class MarchesView(msgspec.Struct, frozen=True, kw_only=True):
    listing: Listing
    marches: tuple[MarcheLine, ...]


class BasisView(msgspec.Struct, frozen=True, kw_only=True):
    label: str
    article: str
    alias: str


class MarcheView(msgspec.Struct, frozen=True, kw_only=True):
    """A marché's file. `missing`: the mandatory fields of the CCAG 2021 that are empty."""

    id: str
    reference: str
    title: str
    buyer: str
    ordering_entity: str
    legal_bases: tuple[BasisView, ...]
    groupement: str
    calendar: str
    perimeter: str
    facilitator: str
    facilitator_contact: str
    eligible_profiles: str
    exemption: str
    exemption_note: str
    notified_on: date | None
    missing: tuple[str, ...]
    due: int | None
    validated: int
    remaining: int | None
    lots: tuple[LotLine, ...]
    documents: tuple[DocumentLine, ...]


def action_view(file: LotFile, standing: Standing) -> ActionView | None:
    action = standing.next_action
    return view_of(file, action) if action else None


def view_of(file: LotFile, action: NextAction) -> ActionView:
    company = file.companies.get(action.company_id or "")
    return ActionView(
        task=action.task.label,
        actor=action.actor.label,
        company=company.name if company else "",
        since=action.since,
        before=action.before,
        late=action.late,
        sentence=action.sentence,
        asked=_asked(action),
        address=_address(file, action),
        link=_link(action),
        yours=action.actor is Actor.FACILITATOR,
    )


def _asked(action: NextAction) -> str:
    """« contrôler la déclaration de mai 2026, depuis le 07/06/2026… »: the sentence without who must."""
    return action.sentence.removeprefix(f"{action.actor.label} ").removeprefix("doit ").removeprefix("peut ")


def _link(action: NextAction) -> str:
    if action.actor is Actor.FACILITATOR:
        return action.task.label
    if action.task is Task.TELL_HEADCOUNT:
        return "Saisir l’effectif reçu"
    return "Saisir le total reçu" if action.task is Task.TELL_LABOUR_HOURS else "Voir"


def _address(file: LotFile, action: NextAction) -> str:
    subject = action.subject_id
    if action.task is Task.TELL_LABOUR_HOURS:
        return f"/lots/{file.lot.id}/evenements/nouveau?type=heures_travaillees"
    if action.task is Task.TELL_HEADCOUNT:
        return f"/lots/{file.lot.id}/evenements/nouveau?type=effectif"
    if action.task is Task.CALIBRATE:
        return f"/lots/{file.lot.id}/calibrer"
    if action.task in (Task.CONTROL, Task.CORRECT, Task.VISA) and subject:
        return f"/controle/{subject}"
    if action.task in (Task.ANSWER_NOTICE, Task.DECIDE_PENALTY) and subject:
        return f"/penalites/{subject}"
    return ""


def lot_line(file: LotFile, standing: Standing, titulaire: str) -> LotLine:
    progress = standing.progress
    window = standing.window
    return LotLine(
        id=file.lot.id,
        marche_id=file.marche.id,
        reference=file.marche.reference,
        marche_title=file.marche.title,
        number=file.lot.number,
        title=file.lot.title,
        buyer=file.marche.buyer.name,
        titulaire=titulaire,
        starts_on=window.starts_on if window else file.lot.starts_on,
        ends_on=window.ends_on if window else file.lot.ends_on,
        due=progress.due,
        expected=progress.expected,
        validated=progress.validated,
        remaining=progress.remaining,
        time_share=progress.time_share,
        hours_share=progress.hours_share,
        health=progress.health.value,
        health_label=progress.health.label,
        tone=TONES[progress.health],
        sentence=progress.sentence,
        action=action_view(file, standing),
        closed=file.closed,
    )


def worst(lots: tuple[LotLine, ...]) -> Health:
    found = {Health(lot.health) for lot in lots}
    return next((health for health in WORST_FIRST if health in found), Health.UNKNOWN)


def most_pressing(lots: tuple[LotLine, ...]) -> ActionView | None:
    return min((x.action for x in lots if x.action), key=lambda a: (a.before, a.since), default=None)


def total(values: list[int | None]) -> int | None:
    """A sum, not known as soon as one part is not."""
    known = [v for v in values if v is not None]
    return sum(known) if len(known) == len(values) else None
