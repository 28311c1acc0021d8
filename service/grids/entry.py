"""The grid as typed: its criteria one by one, their proofs one a line, as a new version."""

import re
from datetime import date
from hashlib import sha256

import msgspec

from clauses import Criterion, Grid, Proof
from service.forms import Form
from service.ledger.grids import OWN

BLANK_ROWS = 3
MOST_CRITERIA = 80
PROOF = re.compile(r"(?P<label>.+?)\s*(?:;\s*(?P<months>[0-9]{1,3})\s*mois\s*)?")
CODE = re.compile(r"[A-Z0-9_]{2,20}")
STATES = (
    ("propose", "Proposé"),
    ("ancien", "Plus proposé : les périodes déjà ouvertes comptent"),
    ("retire", "Retiré : ne compte plus sur les lots qui suivront cette version"),
)


class GridTyped(msgspec.Struct, frozen=True, kw_only=True):
    """`removed`: the codes taken away."""

    grid: Grid
    removed: tuple[str, ...]
    reason: str

    @property
    def fingerprint(self) -> str:
        """What was shown before it is confirmed: other inputs have another fingerprint."""
        return sha256(msgspec.json.encode(self, order="sorted")).hexdigest()[:16]


def rows_of(form: Form) -> int:
    """How many rows of criteria the form holds."""
    asked = form.raw("rows")
    return min(int(asked), MOST_CRITERIA) if re.fullmatch("[0-9]{1,2}", asked) else 0


def form_of_grid(grid: Grid, today: date) -> Form:
    """The grid to edit, its criteria in rows, and some blank ones."""
    values: dict[str, object] = {
        "label": grid.label if grid.id == OWN else "Grille du territoire",
        "in_force_from": max(today, grid.in_force_from),
        "period_months": grid.period_months,
        "rows": len(grid.criteria) + BLANK_ROWS,
        "seen_version": grid.version if grid.id == OWN else 0,
    }
    for row, criterion in enumerate(grid.criteria):
        values |= {
            f"code_{row}": criterion.code,
            f"label_{row}": criterion.label,
            f"source_{row}": criterion.source,
            f"proofs_{row}": "\n".join(proof_words(p) for p in criterion.proofs),
            f"opinion_{row}": "1" if criterion.needs_opinion else None,
            f"state_{row}": "ancien" if criterion.historic else "propose",
        }
    for row in range(len(grid.criteria), len(grid.criteria) + BLANK_ROWS):
        values[f"state_{row}"] = "propose"
    return Form.of(values)


def proof_words(proof: Proof) -> str:
    return proof.label if proof.valid_months is None else f"{proof.label} ; {proof.valid_months} mois"


def read_grid_form(form: Form, current: Grid) -> GridTyped | None:
    """The next version, or None when the form has faults. `current`: the version that it follows."""
    label = form.text("label", "Nom de la grille", required=True, longest=80)
    first = form.day("in_force_from", "En vigueur à partir du", required=True)
    months = form.integer("period_months", "Durée d’une éligibilité", low=1, high=120, required=True)
    reason = form.text("reason", "Motif", required=True, longest=400)
    if first and current.id == OWN and first < current.in_force_from:
        form.fault("in_force_from", "En vigueur à partir du : la version précédente commence après ce jour.")
    found, removed = [], []
    for row in range(rows_of(form)):
        criterion = _criterion(form, row)
        if criterion is None:
            continue
        if form.raw(f"state_{row}") == "retire":
            removed.append(criterion.code)
        else:
            found.append(criterion)
    codes = [c.code for c in found]
    for code in {code for code in codes if codes.count(code) > 1}:
        form.fault("", f"Le code {code} est donné à deux critères.")
    if not found and not form.faults:
        form.fault("", "La grille n’a plus aucun critère : gardez-en au moins un.")
    if form.faults or first is None or months is None:
        return None
    grid = Grid(
        id=OWN,
        version=current.version + 1 if current.id == OWN else 1,
        label=label,
        in_force_from=first,
        period_months=months,
        criteria=tuple(found),
    )
    return GridTyped(grid=grid, removed=tuple(removed), reason=reason)


def _criterion(form: Form, row: int) -> Criterion | None:
    """The criterion of a row; None when the row is blank or faulty."""
    code = form.text(f"code_{row}", f"Code du critère {row + 1}", longest=20).upper()
    label = form.text(f"label_{row}", f"Critère {row + 1}")
    source = form.text(f"source_{row}", f"Fondement du critère {row + 1}")
    proofs = _proofs(form, row)
    state = form.one_of(f"state_{row}", f"État du critère {row + 1}", [value for value, _ in STATES])
    if not (code or label or source or proofs):
        return None
    if not CODE.fullmatch(code):
        form.fault(f"code_{row}", f"Code du critère {row + 1} : de 2 à 20 lettres sans accent ou chiffres.")
    if not label:
        form.fault(f"label_{row}", f"Critère {row + 1} : écrivez ce qui rend la personne éligible.")
    if not proofs and state != "retire":
        form.fault(f"proofs_{row}", f"Justificatifs du critère {row + 1} : indiquez-en au moins un.")
    return Criterion(
        code=code,
        label=label,
        proofs=proofs,
        needs_opinion=form.flag(f"opinion_{row}"),
        historic=state == "ancien",
        source=source,
    )


def _proofs(form: Form, row: int) -> tuple[Proof, ...]:
    """« Attestation CAF ; 3 mois », one a line; without months, the proof does not expire."""
    name, label = f"proofs_{row}", f"Justificatifs du critère {row + 1}"
    found = []
    for line in form.text(name, label, longest=2000, lines=True).split("\n"):
        read = PROOF.fullmatch(line.strip())
        if not line.strip() or read is None:
            continue
        months = int(read["months"]) if read["months"] else None
        if months == 0 or len(read["label"]) > 200 or ";" in read["label"]:
            form.fault(name, f"{label} : écrivez « Attestation CAF ; 3 mois », un justificatif par ligne.")
        found.append(Proof(label=read["label"], valid_months=months))
    return tuple(found)
