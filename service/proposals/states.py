"""What may become of a proposal, by whom, and for which reasons. Pure: values in, a sentence or None out.

proposee → presentee → retenue → embauchee; refusee (by the employer) and desistee (on the person's side)
end it at any point before the hiring. Nothing is presented without the référent's agreement.
"""

from datetime import date, timedelta

from service.vocabulary import Labelled, ProposalState, Role

_S = ProposalState
LIA, REF = Role.LIAISON, Role.REFERENT
AWAITED_DAYS = 10


class Motive(Labelled):
    """Why it ended: the field's closed list (domain/parcours.md §4.2), worded without a cause."""

    LACKING_SKILLS = "lacking_skills", "Compétences insuffisantes pour le poste"
    OTHER_CHOSEN = "other_chosen", "Une autre candidature a été retenue"
    NO_POSITION = "no_position", "Poste pourvu ou supprimé"
    DID_NOT_COME = "did_not_come", "Absence à l’entretien"
    NOT_MOBILE = "not_mobile", "Trajet non compatible"
    INCOMPATIBLE = "incompatible", "Conditions du poste non compatibles"
    HIRED_ELSEWHERE = "hired_elsewhere", "A trouvé un autre emploi"
    TRAINING = "training", "Entre en formation"
    NOT_INTERESTED = "not_interested", "Le poste ne l’intéresse pas"


_M = Motive
MOTIVES: dict[ProposalState, tuple[Motive, ...]] = {
    _S.REFUSED: (
        _M.LACKING_SKILLS,
        _M.OTHER_CHOSEN,
        _M.NO_POSITION,
        _M.DID_NOT_COME,
        _M.NOT_MOBILE,
        _M.INCOMPATIBLE,
    ),
    _S.DECLINED: (_M.NOT_INTERESTED, _M.HIRED_ELSEWHERE, _M.TRAINING, _M.NOT_MOBILE, _M.INCOMPATIBLE),
}
# From each state: where it may go, and who may say so.
TRANSITIONS: dict[ProposalState, dict[ProposalState, frozenset[Role]]] = {
    _S.PROPOSED: {
        _S.PRESENTED: frozenset({LIA}),
        _S.REFUSED: frozenset({LIA}),
        _S.DECLINED: frozenset({LIA, REF}),
    },
    _S.PRESENTED: {
        _S.ACCEPTED: frozenset({LIA}),
        _S.REFUSED: frozenset({LIA}),
        _S.DECLINED: frozenset({LIA, REF}),
    },
    _S.ACCEPTED: {
        _S.HIRED: frozenset({LIA, REF}),
        _S.REFUSED: frozenset({LIA}),
        _S.DECLINED: frozenset({LIA, REF}),
    },
    _S.REFUSED: {},
    _S.DECLINED: {},
    _S.HIRED: {},
}
ACTS = {
    _S.PRESENTED: "Présentée à l’employeur",
    _S.ACCEPTED: "Retenue par l’employeur",
    _S.HIRED: "Embauchée",
    _S.REFUSED: "Refusée par l’employeur",
    _S.DECLINED: "Déclinée côté participant",
}


def motives_for(state: ProposalState, target: ProposalState) -> tuple[Motive, ...]:
    """The motives of an end: before the employer has read anything, only the post itself can be gone."""
    if (state, target) == (_S.PROPOSED, _S.REFUSED):
        return (Motive.NO_POSITION,)
    return MOTIVES.get(target, ())


def answer_label(state: ProposalState, target: ProposalState) -> str:
    """What the button says."""
    gone = (state, target) == (_S.PROPOSED, _S.REFUSED)
    return "Le poste n’est plus à pourvoir" if gone else ACTS[target]


def next_states(state: ProposalState, role: Role, *, agreed: bool) -> tuple[ProposalState, ...]:
    """What this role may answer now, in the order of the buttons."""
    return tuple(
        target
        for target, roles in TRANSITIONS[state].items()
        if role in roles and (agreed or target is not _S.PRESENTED)
    )


def refusal(
    state: ProposalState, target: ProposalState, role: Role, *, agreed: bool, motive: Motive | None
) -> str | None:
    """The sentence that says why this answer cannot be recorded, or None."""
    if role not in TRANSITIONS[state].get(target, frozenset()):
        return f"De « {state.label} », on ne passe pas à « {target.label} »."
    if target is _S.PRESENTED and not agreed:
        return "Le référent n’a pas encore donné son accord : rien ne part à l’employeur avant."
    if target in MOTIVES and motive not in motives_for(state, target):
        return "Choisissez le motif dans la liste."
    return None


def waits_for(state: ProposalState, reader: Role, *, agreed: bool) -> str:
    """Who must act next, as its reader says it; empty when it has ended."""
    liaison = "vous" if reader is LIA else "les relations entreprises"
    if state is _S.PROPOSED and not agreed:
        return "votre accord" if reader is REF else "l’accord du référent"
    if state is _S.PROPOSED:
        return f"{liaison} (à présenter)"
    if state is _S.PRESENTED:
        return "la réponse de l’employeur"
    return f"{liaison} (embauche)" if state is _S.ACCEPTED else ""


def is_late(state: ProposalState, since: date, on: date) -> bool:
    """An answer awaited for more than ten days, from the référent or from the employer."""
    return state in (_S.PROPOSED, _S.PRESENTED) and since < late_before(on)


def late_before(on: date) -> date:
    """Answers awaited since a day before this one are late."""
    return on - timedelta(days=AWAITED_DAYS)
