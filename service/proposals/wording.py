"""A proposal in two wordings: for the référent, consequences and arguments; for the employer, the post's
needs that are met and only as far as the person agreed. Pure; each ends where the sender signs.
"""

from collections.abc import Sequence

import msgspec

from matching import (
    COLON,
    NNBSP,
    ConstraintName,
    Explanation,
    Match,
    Offer,
    Participant,
    Satisfied,
    count,
    listed,
    skill_key,
)
from service.suggestions.liaison_views import OfferHead
from service.vocabulary import SharedFact

UNNAMED = "La personne, dont le nom vous sera donné avec son accord,"


class Sender(msgspec.Struct, frozen=True):
    name: str
    organisation: str


def for_referent(head: OfferHead, who: str, told: Explanation, sender: Sender, address: str) -> str:
    """A message to the référent, in the liaison's register: no cause is in it."""
    lines = [
        "Bonjour,",
        "",
        f"Je propose l’offre «{NNBSP}{head.title}{NNBSP}» ({_place(head)}) à {who}.",
    ]
    if told.reasons:
        lines += ["", f"Ce qui parle pour{COLON}{listed(told.reasons)}."]
    if told.questions:
        lines += [f"À confirmer ensemble{COLON}{listed(told.questions)}."]
    lines += [
        "",
        f"Pouvez-vous lui en parler et me donner son accord{NNBSP}? {address}",
        "",
        f"{sender.name}, {sender.organisation}",
    ]
    return "\n".join(lines)


def for_employer(
    head: OfferHead,
    name: str,
    person: Participant,
    offer: Offer,
    match: Match,
    shared: Sequence[SharedFact],
    sender: Sender,
) -> str:
    """A message to the employer. `name` is used only when the person shares it."""
    who = name if SharedFact.NAME in shared else UNNAMED
    lines = [
        "Bonjour,",
        "",
        f"Pour votre poste «{NNBSP}{head.title}{NNBSP}», nous vous proposons une candidature.",
        f"{who} souhaite vous rencontrer.",
    ]
    facts = met_needs(person, offer, match, shared)
    if facts:
        lines += ["", f"Au regard de ce que demande le poste{COLON}"]
        lines += [f"– {fact}" for fact in facts]
    lines += ["", f"Quand pourriez-vous nous recevoir{NNBSP}?"]
    return "\n".join([*lines, "", f"{sender.name}, {sender.organisation}"])


def met_needs(
    person: Participant, offer: Offer, match: Match, shared: Sequence[SharedFact]
) -> tuple[str, ...]:
    """The post's needs that are met, among what the person agreed to tell. What is not met is not told."""
    found = []
    held = {skill_key(one) for one in person.skills or ()}
    skills = {skill_key(one): one for one in (*offer.required_skills, *offer.wished_skills)}
    if SharedFact.SKILLS in shared and held & skills.keys():
        met = tuple(one for key, one in skills.items() if key in held)
        found.append(f"compétences{COLON}{listed(met)}")
    romes = {one.rome for one in offer.rome}
    months = sum(one.months for one in person.experience or () if one.rome in romes)
    if SharedFact.EXPERIENCE in shared and months:
        found.append(f"{count(months, 'mois', 'mois')} d’expérience dans le métier")
    if SharedFact.PAPERS in shared:
        found += _papers(offer, match)
    if SharedFact.HOURS in shared and all(
        isinstance(match.verdict(one), Satisfied)
        for one in (ConstraintName.AVAILABILITY, ConstraintName.CARE)
    ):
        found.append("disponibilité aux horaires du poste")
    return tuple(found)


def _papers(offer: Offer, match: Match) -> list[str]:
    found = []
    if offer.licences and isinstance(match.verdict(ConstraintName.LICENCE), Satisfied):
        found.append(f"permis {listed(offer.licences)}")
    if offer.certificates and isinstance(match.verdict(ConstraintName.CERTIFICATES), Satisfied):
        found.append(listed(offer.certificates))
    return found


def _place(head: OfferHead) -> str:
    return ", ".join(part for part in (head.employer, head.place) if part)
