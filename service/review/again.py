"""Open declarations judged again for a list: what it shows is what their files show.

A fixed number of queries, whatever the length; each is judged with what `examine` would load for it.
"""

from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy.orm import Session

import clauses
from clauses import IN_HAND, Declaration
from service.accounts.account import Account
from service.declarations.context import Surroundings, context_for, read_surroundings
from service.ledger.clock import territory_now
from service.ledger.load import load_lots


class Again(msgspec.Struct, frozen=True, kw_only=True):
    """The last version of a declaration, judged today. `clean`: it may be accepted as it is."""

    judged: Declaration
    clean: bool


def judge_again(db: Session, account: Account, headers: Mapping[str, int]) -> dict[str, Again]:
    """Declarations that wait for a decision, by public id. `headers`: the row id of the lot of each."""
    files = load_lots(db, sorted(set(headers.values())))
    waiting = [
        (file, version)
        for file in files.values()
        for version in clauses.latest(file.versions)
        if version.declaration_id in headers and version.state in IN_HAND
    ]
    if not waiting:
        return {}
    first = min(version.period_start for _, version in waiting)
    last = max(version.period_end for _, version in waiting)
    around = read_surroundings(db, account.territory_id, files.values(), first, last)
    known_at = territory_now(account)
    found = {}
    for file, version in waiting:
        context = context_for(
            file,
            version.company_id,
            version.period_start,
            version.period_end,
            _near(around, version),
            account.today,
            known_at,
        )
        judged = clauses.rejudge(version, context)
        clean = clauses.acceptable_at_once(judged, file.versions, file.unconfirmed)
        found[version.declaration_id] = Again(judged=judged, clean=clean)
    return found


def _near(around: Surroundings, version: Declaration) -> Surroundings:
    """What `read_surroundings` would give for this declaration alone, of the people it names."""
    people = {line.person_id for line in version.lines}
    first = clauses.add_months(version.period_start.replace(day=1), -1)
    last = clauses.add_months(version.period_end.replace(day=1), 1)
    lines = tuple(e for e in around.lines if e.line.person_id in people and first <= e.line.month <= last)
    return msgspec.structs.replace(around, lines=lines)


Findings = Sequence[clauses.Finding]


def alerts_of(version: Declaration | None, findings: Findings) -> dict[clauses.Effect, Findings]:
    """The findings of each effect; of an open version, holds that were lifted are left out."""
    found: dict[clauses.Effect, list[clauses.Finding]] = {}
    for finding in version.findings if version else findings:
        found.setdefault(finding.effect, []).append(finding)
    if version is not None:
        found[clauses.Effect.HOLD] = list(clauses.open_holds(version))
    return {**found}
