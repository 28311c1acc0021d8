"""The page of a lot that shares its hours, and the block of a lot's file."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

import clauses
from clauses import Declaration, Line, SurplusPolicy
from service.accounts.account import Account
from service.declarations.views import Choice
from service.formats import hours
from service.ledger.load import load_portfolio
from service.ledger.lot_file import LotFile, Shared
from service.ledger.standing import brief_standing_of, standing_of
from service.sharing.desk import Bases, Desk, bases, context_there, given_by, receivers
from service.sharing.views import LotSharing, Receiver, ShareableLine, SharedLine, SharingView

NOT_SHARED = (
    "Les règles de ce lot ne permettent pas de partager ses heures. Si le marché l’autorise, changez "
    "« Heures au-delà du dû » dans les règles du lot."
)
CLOSED = "Ce lot est clos : ses heures ne se partagent plus."
NO_LOT = "Aucun autre lot ouvert n’accepte d’heures partagées avec celui-ci : voyez leurs règles."


def sharing_view(db: Session, account: Account, desk: Desk, person_id: str = "") -> SharingView:
    """`person_id` shows the lines of one person alone. At most nine queries more than the desk."""
    giving, progress = desk.giving, standing_of(desk.giving, desk.on, desk.known_at).progress
    others = load_portfolio(db, receivers(db, account, giving))
    allowed = [f for f in others.values() if not clauses.policy_refusal(giving.lot, f.lot)]
    both = bases(desk, desk.receiving) if desk.receiving else None
    lines = tuple(
        _line(desk, both, line, version)
        for line, version in sorted(desk.pairs, key=lambda pair: pair[0].month, reverse=True)
        if person_id in ("", line.person_id)
    )
    return SharingView(
        lot_id=giving.lot.id,
        reference=giving.marche.reference,
        number=giving.lot.number,
        title=giving.lot.title,
        buyer=giving.marche.buyer.name,
        sentence=progress.sentence,
        surplus=progress.surplus,
        policy=giving.lot.rules.surplus_policy.label,
        refusal=_refusal(giving, allowed),
        person_id=person_id,
        person=giving.people[person_id].name if person_id in giving.people else "",
        lots=tuple(
            Choice(value=f.lot.id, label=_lot_label(f, account, desk))
            for f in sorted(allowed, key=lambda f: (f.marche.reference, f.lot.number))
        ),
        receiver=None if desk.receiving is None else _receiver(desk, desk.receiving),
        lines=lines,
        validated=sum(x.validated for x in lines),
        given=sum(x.given for x in lines),
        here=sum(x.here for x in lines),
        shares=shared_lines(giving.lot.id, giving.shared, person_id),
        seen=desk.seen,
        time_zone=account.time_zone,
    )


def _refusal(giving: LotFile, allowed: list[LotFile]) -> str:
    if giving.closed:
        return CLOSED
    if giving.lot.rules.surplus_policy is SurplusPolicy.NONE:
        return NOT_SHARED
    return "" if allowed else NO_LOT


def _lot_label(file: LotFile, account: Account, desk: Desk) -> str:
    left = brief_standing_of(file, account.today, desk.known_at).progress.remaining
    needs = "dû non connu" if left is None else f"reste {hours(left)}" if left else "réalisé"
    return f"{file.marche.reference}, lot {file.lot.number} : {file.lot.title} ({needs})"


def _receiver(desk: Desk, file: LotFile) -> Receiver:
    buyers = {f.lot.buyer_id: f.marche.buyer.name for f in (desk.giving, file)}
    return Receiver(
        id=file.lot.id,
        label=f"{file.marche.reference}, lot {file.lot.number}",
        title=file.lot.title,
        remaining=brief_standing_of(file, desk.on, desk.known_at).progress.remaining,
        policy=file.lot.rules.surplus_policy.label,
        consents=tuple(sorted(buyers.items())) if len(buyers) > 1 else (),
    )


def _line(desk: Desk, both: Bases | None, line: Line, version: Declaration) -> ShareableLine:
    accepted, given = line.accepted or 0, given_by(line, desk.allocations)
    room, why = _room(desk, both, line, version) if both else (None, "")
    return ShareableLine(
        id=line.id,
        person_id=line.person_id,
        person=desk.giving.people[line.person_id].name,
        month=line.month,
        kind=line.kind.label,
        firm=desk.giving.companies[version.company_id].name,
        validated=accepted,
        given=given,
        here=accepted - given,
        room=room,
        why=why,
    )


def _room(desk: Desk, both: Bases, line: Line, version: Declaration) -> tuple[int, str]:
    """The most that the chosen lot takes of what is left of a line, and why not all of it."""
    there = context_there(desk, both.there, line, version, desk.allocations)
    judged = clauses.judged_there(line, version, both.giving, there)
    already = sum(
        a.hours
        for a in desk.allocations
        if (a.line_id, a.to_lot_id, a.cancelled_at) == (line.id, there.lot.id, None)
    )
    here = (line.accepted or 0) - given_by(line, desk.allocations)
    room = max(0, min(here, judged.countable - already))
    return room, judged.reason if room < here else ""


def lot_sharing(file: LotFile) -> LotSharing:
    """What a lot gives and receives."""
    return LotSharing(
        policy=file.lot.rules.surplus_policy.label,
        may_share=file.lot.rules.surplus_policy is not SurplusPolicy.NONE and not file.closed,
        moved_in=file.moved_in,
        moved_out=file.moved_out,
        lines=shared_lines(file.lot.id, file.shared),
    )


def shared_lines(lot_id: str, shared: Iterable[Shared], person_id: str = "") -> tuple[SharedLine, ...]:
    """Allocations as pages show them, the last first. `lot_id` empty: those of a person, over her lots."""
    found = [
        SharedLine(
            id=s.allocation.id,
            person_id=s.person.id,
            person=s.person.name,
            month=s.month,
            kind=s.kind.label,
            firm=s.company.name,
            hours=s.allocation.hours,
            ours=s.allocation.from_lot_id == lot_id,
            from_lot_id=s.allocation.from_lot_id,
            from_lot=s.from_lot,
            to_lot_id=s.allocation.to_lot_id,
            to_lot=s.to_lot,
            reason=s.reason,
            made_at=s.allocation.made_at,
            author=s.author,
            live=s.allocation.cancelled_at is None,
            cancelled_at=s.allocation.cancelled_at,
            cancelled_by=s.cancelled_by,
            cancel_reason=s.allocation.cancel_reason,
        )
        for s in {s.row_id: s for s in shared}.values()
        if person_id in ("", s.person.id)
    ]
    return tuple(sorted(found, key=lambda x: (x.live, x.made_at), reverse=True))
