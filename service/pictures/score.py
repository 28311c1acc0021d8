"""The score bar: the parts of a score side by side, as long as what they bring, with a table twin."""

import msgspec

from matching import Part, PartState, Score

WIDTH = 300
PART_LABELS = {
    "occupation": "Métier du poste",
    "required_skills": "Compétences demandées",
    "wished_skills": "Compétences souhaitées",
    "transferable": "Expérience transposable",
    "experience": "Expérience",
    "language": "Français",
    "others": "Expérience et autres attentes",
    "trade": "Métier recherché",
    "hours": "Durée hebdomadaire",
    "travel": "Trajet",
    "wage": "Salaire",
    "target": "Vers le métier visé",
}
# Parts that the liaison reads as one: which of them speaks is not hers to know (semantics.md, Rights).
DISCREET = ("experience", "language")


class ScorePart(msgspec.Struct, frozen=True, kw_only=True):
    """One part: what it brings, and out of how many it could, in ten-thousandths of the score."""

    label: str
    known: bool
    points: int
    most: int


class Segment(msgspec.Struct, frozen=True):
    x: float
    width: float
    tone: int
    words: str


class ScoreBar(msgspec.Struct, frozen=True, kw_only=True):
    """A score in parts that add up: `total` and points in ten-thousandths; `known_share` likewise."""

    label: str
    total: int
    known_share: int
    parts: tuple[ScorePart, ...]

    @property
    def percent(self) -> int:
        return per_cent(self.total)

    @property
    def known_percent(self) -> int:
        return per_cent(self.known_share)

    def segments(self) -> tuple[Segment, ...]:
        """Rectangles that touch; a part that brings nothing has none."""
        found, at = [], 0
        for tone, part in enumerate(self.parts):
            if part.points > 0:
                x, end = (round(WIDTH * edge / 10_000, 1) for edge in (at, at + part.points))
                found.append(Segment(x, round(end - x, 1), tone % 3, f"{part.label} : {points(part.points)}"))
                at += part.points
        return tuple(found)

    def twin(self) -> tuple[tuple[str, str, str], ...]:
        """(part, what it brings, out of)."""
        return tuple(
            (
                part.label,
                points(part.points) if part.known else "non renseigné",
                points(part.most) if part.known else "—",
            )
            for part in self.parts
        )


def per_cent(value: int) -> int:
    """Ten-thousandths as a rounded percentage, halves up."""
    return (value + 50) // 100


def points(value: int) -> str:
    """Ten-thousandths as points of a hundred, one decimal: 2345 is « 23,5 »."""
    tenths = (value + 5) // 10
    return f"{tenths // 10},{tenths % 10}"


def score_bar(label: str, score: Score, *, discreet: bool) -> ScoreBar:
    """The bar of a score. `discreet`: for the liaison, who reads some parts as one."""
    known = sum(part.weight for part in score.parts if part.state is PartState.KNOWN)
    asked = [part for part in score.parts if part.state is not PartState.NOT_ASKED]
    parts = [_told(part.name, (part,), known) for part in asked if not (discreet and part.name in DISCREET)]
    together = tuple(part for part in asked if discreet and part.name in DISCREET)
    if together:
        parts.append(_told("others", together, known))
    return ScoreBar(label=label, total=score.total, known_share=score.known_share, parts=tuple(parts))


def _told(name: str, parts: tuple[Part, ...], known: int) -> ScorePart:
    weight = sum(part.weight for part in parts if part.state is PartState.KNOWN)
    return ScorePart(
        label=PART_LABELS[name],
        known=weight > 0,
        points=sum(part.points for part in parts),
        most=10_000 * weight // known if known else 0,
    )
