"""What a new version of a grid changes, in sentences. Nothing here touches the database."""

from collections.abc import Mapping

from clauses import Criterion, Grid
from service.formats import plural, typographic

KEPT_ONE = "garde ses dates"
KEPT_MANY = "gardent leurs dates"


def changes(before: Grid, after: Grid, open_periods: Mapping[str, int]) -> tuple[str, ...]:
    """`open_periods`: how many periods of eligibility run today on each criterion, by its code."""
    old = {c.code: c for c in before.criteria}
    new = {c.code: c for c in after.criteria}
    found = []
    if before.period_months != after.period_months:
        found.append(
            f"Durée d’une éligibilité : {before.period_months} mois, puis {after.period_months} mois "
            "pour celles qui s’ouvriront."
        )
    for code in [c for c in old if c not in new]:
        count = open_periods.get(code, 0)
        tail = (
            f" : {plural(count, 'période ouverte ne compterait', 'périodes ouvertes ne compteraient')} "
            "plus sur un lot qui suivrait cette version."
            if count
            else " : aucune période ouverte ne repose sur lui."
        )
        found.append(f"« {old[code].label} » est retiré{tail}")
    found += [f"« {new[code].label} » est ajouté." for code in new if code not in old]
    for code in [c for c in new if c in old]:
        found += _changed(old[code], new[code], open_periods.get(code, 0))
    return tuple(typographic(sentence) for sentence in found)


def _changed(before: Criterion, after: Criterion, count: int) -> list[str]:
    found = []
    name = f"« {after.label} »"
    if before.label != after.label:
        found.append(f"« {before.label} » s’écrit désormais {name}.")
    if before.source != after.source:
        found.append(f"{name} : fondement « {before.source} », puis « {after.source} ».")
    if before.historic != after.historic:
        opened = f" ; {plural(count, 'période ouverte compte', 'périodes ouvertes comptent')} toujours"
        found.append(
            f"{name} n’est plus proposé{opened if count else ''}."
            if after.historic
            else f"{name} est de nouveau proposé."
        )
    if before.needs_opinion != after.needs_opinion:
        found.append(f"{name} {'demande' if after.needs_opinion else 'ne demande plus'} un avis motivé.")
    if before.proofs != after.proofs:
        kept = KEPT_MANY if count > 1 else KEPT_ONE
        running = f" ; {plural(count, 'période ouverte', 'périodes ouvertes')} {kept}" if count else ""
        found.append(f"{name} : justificatifs {_proofs(before)}, puis {_proofs(after)}{running}.")
    return found


def _proofs(criterion: Criterion) -> str:
    return ", ".join(
        f"{p.label} ({p.valid_months} mois)" if p.valid_months else p.label for p in criterion.proofs
    )
