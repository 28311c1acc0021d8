"""One match told in short French, in the register of its reader. The same trace serves all four.

PERSON and FULL tell every constraint with its cause; LIAISON reads an ``Explanation`` built without them
(hours in one line without their cause, language and physical demands in one line, person-side levers as
one phrase); EMPLOYER reads the needs of the post that are met, the level of French that it asks of everybody,
and what it could itself make clear.
"""

from enum import StrEnum

from msgspec import Struct

from matching.asking import lever_text, question_text
from matching.french import COLON, DAYS, NNBSP, SEMICOLON, count, duration, euros, hour, hundredths, listed
from matching.match import Match
from matching.offer import Offer
from matching.participant import Participant
from matching.reasons import EMPLOYMENT_KINDS, licences_asked, plain_reason, reason_text
from matching.register import NO_NAMES, Names, Register
from matching.strengths import strengths, trip_text
from matching.verdict import (
    Broken,
    ConstraintName,
    LeverSide,
    Question,
    Reason,
    ReasonCode,
    Satisfied,
    Side,
    Unknown,
    Verdict,
)
from matching.week import DAY
from matching.world import World

_N = ConstraintName


class LineState(StrEnum):
    """State of a line: a word and a shape on the page. TIGHT is SATISFIED with little margin; NEED is what
    the post asks, whoever is proposed."""

    SATISFIED = "satisfied"
    TIGHT = "tight"
    BROKEN = "broken"
    UNKNOWN = "unknown"
    NEED = "need"


class Line(Struct, frozen=True, kw_only=True):
    """One constraint told: its subject, its state, a sentence, and what would lift it."""

    subject: str
    state: LineState
    text: str
    levers: tuple[str, ...]


class Explanation(Struct, frozen=True, kw_only=True):
    """A match told to one reader. reasons: at most three, what speaks for it; questions: what to ask."""

    register: Register
    participant: str
    offer: str
    headline: str
    reasons: tuple[str, ...]
    lines: tuple[Line, ...]
    questions: tuple[str, ...]


_SUBJECTS = {
    _N.TRAVEL: "Trajet",
    _N.AVAILABILITY: "Disponibilité",
    _N.CARE: "Garde",
    _N.LICENCE: "Permis",
    _N.VEHICLE: "Véhicule",
    _N.CERTIFICATES: "Habilitations",
    _N.LANGUAGE: "Français",
    _N.PHYSICAL: "Exigences physiques",
    _N.WEEKLY_HOURS: "Durée hebdomadaire",
    _N.EMPLOYMENT_KIND: "Type d’emploi",
    _N.START_DATE: "Date de début",
    _N.WAGE: "Salaire",
}
_HOURS = (_N.AVAILABILITY, _N.CARE)
_DISCREET = (_N.LANGUAGE, _N.PHYSICAL)
# Reasons whose levers only open together, told as one: « permis B et permis C ».
_ALL_NEEDED = {
    ReasonCode.LICENCE_MISSING,
    ReasonCode.LICENCE_EXPIRED,
    ReasonCode.VEHICLE_MISSING,
    ReasonCode.CERTIFICATE_MISSING,
    ReasonCode.CERTIFICATE_EXPIRED,
    ReasonCode.PHYSICAL_DEMAND,
}
_FOR_EMPLOYER = (_N.LICENCE, _N.VEHICLE, _N.CERTIFICATES)


def explain(
    match: Match,
    participant: Participant,
    offer: Offer,
    world: World,
    register: Register,
    names: Names = NO_NAMES,
) -> Explanation:
    """The match in words for one reader. ``participant`` and ``offer`` are those that were matched."""
    told = _Telling(match, participant, offer, world, register, names)
    if register is Register.LIAISON:
        lines = told.liaison_lines()
    elif register is Register.EMPLOYER:
        lines = told.employer_lines()
    else:
        lines = told.all_lines()
    questions = told.questions()
    return Explanation(
        register=register,
        participant=match.participant,
        offer=match.offer,
        headline=_headline(lines, questions, register),
        reasons=strengths(match, participant, offer, register, world.affinity),
        lines=lines,
        questions=questions,
    )


def _headline(lines: tuple[Line, ...], questions: tuple[str, ...], register: Register) -> str:
    if register is Register.EMPLOYER:
        return "candidature proposée"
    broken = sum(line.state is LineState.BROKEN for line in lines)
    if broken:
        return count(broken, "obstacle")
    if questions:
        return f"à confirmer{COLON}{count(len(questions), 'question')}"
    if any(line.state is LineState.TIGHT for line in lines):
        return "convient, de justesse"
    return "convient"


class _Telling:
    """One match being told: what every sentence needs, in one place."""

    def __init__(
        self,
        match: Match,
        participant: Participant,
        offer: Offer,
        world: World,
        register: Register,
        names: Names,
    ) -> None:
        self.match, self.participant, self.offer = match, participant, offer
        self.world, self.register, self.names = world, register, names

    # -------------------------------------------------------------- lines
    def all_lines(self) -> tuple[Line, ...]:
        """Every constraint that somebody asks for."""
        return tuple(
            self._line(one.constraint, one.verdict)
            for one in self.match.judgements
            if not isinstance(one.verdict, Satisfied) or self._asked(one.constraint)
        )

    def liaison_lines(self) -> tuple[Line, ...]:
        """Consequences: hours in one line, language and physical demands in another."""
        lines = []
        for one in self.match.judgements:
            if one.constraint is _N.AVAILABILITY:
                lines.append(self._merged_hours())
            elif one.constraint is _N.LANGUAGE:
                lines += self._merged_discreet()
            elif one.constraint not in (*_HOURS, *_DISCREET) and (
                not isinstance(one.verdict, Satisfied) or self._asked(one.constraint)
            ):
                lines.append(self._line(one.constraint, one.verdict))
        return tuple(lines)

    def employer_lines(self) -> tuple[Line, ...]:
        """The needs of the post that are met; nothing on those that are not. Its level of French is told of
        everybody alike: met or not is a limit of hers."""
        lines = []
        if all(isinstance(self.match.verdict(name), Satisfied) for name in _HOURS):
            lines.append(_line("Horaires", LineState.SATISFIED, "disponibilité aux horaires du poste"))
        for name in _FOR_EMPLOYER:
            if isinstance(self.match.verdict(name), Satisfied) and self._asked(name):
                lines.append(_line(_SUBJECTS[name], LineState.SATISFIED, self._held(name, None)))
        if self.offer.language is not None:
            lines.append(_line(_SUBJECTS[_N.LANGUAGE], LineState.NEED, self._held(_N.LANGUAGE, None)))
        return tuple(lines)

    def _line(self, name: ConstraintName, verdict: Verdict) -> Line:
        subject = _SUBJECTS[name]
        if isinstance(verdict, Satisfied):
            state = self._state(verdict)
            return _line(subject, state, self._held(name, verdict.margin_minutes))
        if isinstance(verdict, Unknown):
            return _line(subject, LineState.UNKNOWN, self._question(verdict.question) or "à préciser")
        return Line(
            subject=subject,
            state=LineState.BROKEN,
            text=self._reason(verdict.reason),
            levers=self._levers((verdict,)),
        )

    def _merged_hours(self) -> Line:
        """Availability and care as one verdict: which of the two decides is not hers to know."""
        verdicts = tuple(self.match.verdict(name) for name in _HOURS)
        broken = tuple(one for one in verdicts if isinstance(one, Broken))
        if broken:
            worst = max(broken, key=lambda one: one.reason.missing or 0)
            return Line(
                subject="Horaires",
                state=LineState.BROKEN,
                text=net_hours(worst.reason),
                levers=self._levers(broken),
            )
        for one in verdicts:
            if isinstance(one, Unknown):
                text = self._question(one.question) or "horaires à confirmer avec le référent"
                return _line("Horaires", LineState.UNKNOWN, text)
        margins = [
            one.margin_minutes
            for one in verdicts
            if isinstance(one, Satisfied) and one.margin_minutes is not None
        ]
        least = Satisfied(margin_minutes=min(margins, default=None))
        return _line("Horaires", self._state(least), self._held(_N.AVAILABILITY, least.margin_minutes))

    def _merged_discreet(self) -> list[Line]:
        """Language and physical demands: whether they hold together, never which does not."""
        verdicts = tuple(self.match.verdict(name) for name in _DISCREET)
        subject = "Autres conditions du poste"
        if any(isinstance(one, Broken) for one in verdicts):
            text = "une condition du poste reste à étudier avec le référent"
            levers = self._levers(tuple(one for one in verdicts if isinstance(one, Broken)), only_study=True)
            return [Line(subject=subject, state=LineState.BROKEN, text=text, levers=levers)]
        if any(isinstance(one, Unknown) for one in verdicts):
            return [_line(subject, LineState.UNKNOWN, "à confirmer avec le référent")]
        if any(self._asked(name) for name in _DISCREET):
            return [_line(subject, LineState.SATISFIED, "réunies")]
        return []

    def _levers(self, verdicts: tuple[Broken, ...], *, only_study: bool = False) -> tuple[str, ...]:
        """Levers in words, each once; ``only_study``: the liaison must not guess the cause from the lever."""
        told: list[str] = []
        for verdict in verdicts:
            texts = (
                lever_text(lever, self.register, self.names)
                for lever in verdict.levers
                if not (only_study and lever.side is LeverSide.OFFER)
            )
            each = tuple(dict.fromkeys(text for text in texts if text))
            told += [listed(each)] if each and verdict.reason.code in _ALL_NEEDED else each
        return tuple(dict.fromkeys(told))

    # -------------------------------------------------------------- sentences
    def _reason(self, reason: Reason) -> str:
        if self.register is not Register.LIAISON:
            return reason_text(reason, self.names)
        if reason.code in (ReasonCode.NO_MODE, ReasonCode.NO_SERVICE):
            return "aucun trajet possible aux heures du poste"
        if reason.code is ReasonCode.LICENCE_EXPIRED:
            return licences_asked(listed(reason.items), len(reason.items))
        if reason.code is ReasonCode.CERTIFICATE_EXPIRED:
            return f"le poste demande{COLON}{listed(tuple(self.names.of(item) for item in reason.items))}"
        return plain_reason(reason, self.names)

    def _question(self, question: Question) -> str | None:
        return question_text(question, self.register, self.names)

    def _state(self, verdict: Satisfied) -> LineState:
        margin = verdict.margin_minutes
        tight = margin is not None and margin < self.world.parameters.wording.tight_minutes
        return LineState.TIGHT if tight else LineState.SATISFIED

    def _held(self, name: ConstraintName, margin: int | None) -> str:
        offer = self.offer
        left = "" if margin is None else f", {duration(margin)} de marge" if margin else ", sans marge"
        match name:
            case _N.TRAVEL:
                return f"{trip_text(self.match.trip)}{left}"
            case _N.AVAILABILITY:
                return f"les horaires conviennent{left}"
            case _N.CARE:
                return f"la garde couvre le poste{left}"
            case _N.LICENCE:
                return f"permis {listed(offer.licences)}"
            case _N.VEHICLE:
                return "voiture disponible"
            case _N.CERTIFICATES:
                return listed(tuple(self.names.of(code) for code in offer.certificates))
            case _N.LANGUAGE:
                return f"niveau {offer.language} demandé"
            case _:
                return self._held_by_project(name)

    def _held_by_project(self, name: ConstraintName) -> str:
        offer = self.offer
        match name:
            case _N.PHYSICAL:
                return "le poste convient"
            case _N.WEEKLY_HOURS:
                return f"{hundredths(offer.weekly_hours or 0)}{NNBSP}h par semaine"
            case _N.EMPLOYMENT_KIND:
                return EMPLOYMENT_KINDS[offer.employment_kind] if offer.employment_kind else ""
            case _N.START_DATE:
                return "la date de début convient"
            case _:
                paid = offer.hourly_wage_cents
                return f"{euros(paid)} de l’heure" if paid else "au moins le SMIC"

    def _asked(self, name: ConstraintName) -> bool:
        """Whether a constraint that holds says something, because somebody asks for it."""
        project = next(one for one in self.participant.projects if one.id == self.match.project)
        offer = self.offer
        asked: dict[ConstraintName, object] = {
            _N.CARE: self.match.verdict(_N.CARE) != Satisfied(margin_minutes=None),
            _N.LICENCE: offer.licences,
            _N.VEHICLE: offer.vehicle_required,
            _N.CERTIFICATES: offer.certificates,
            _N.LANGUAGE: offer.language,
            _N.PHYSICAL: offer.demands,
            _N.WEEKLY_HOURS: project.min_weekly_hours or project.max_weekly_hours,
            _N.EMPLOYMENT_KIND: project.employment_kinds,
            _N.START_DATE: project.earliest_start,
            _N.WAGE: project.min_hourly_wage_cents,
        }
        return bool(asked.get(name, True))

    # -------------------------------------------------------------- what to ask
    def questions(self) -> tuple[str, ...]:
        """What to ask, each once; the liaison reads one phrase on hours whatever is missing."""
        told = [self._question(question) for question in self.match.questions]
        return tuple(dict.fromkeys(text for text in told if text))


def net_hours(reason: Reason) -> str:
    """Hours as a consequence: « disponible dès 8 h 15 le mardi », without what causes it."""
    after_midnight = (reason.at or 0) - (reason.missing or 0) > DAY
    if reason.day is None:
        return "aucune disponibilité, quels que soient les horaires"
    day = DAYS[(reason.day + after_midnight) % len(DAYS)]
    weeks = " certaines semaines" if reason.weeks else ""
    at, missing = reason.at or 0, reason.missing or 0
    best, least = ("au mieux ", "au moins ") if reason.at_least else ("", "")
    if reason.code in (ReasonCode.CARE_NONE, ReasonCode.AVAILABILITY_NONE):
        return f"pas disponible le {day} aux heures du poste{weeks}"
    if reason.side is Side.INSIDE:
        return f"pas disponible le {day} pendant une partie du poste{weeks}"
    if reason.side is Side.BEFORE:
        return (
            f"disponible {best}dès {hour(at + missing)} le {day}{weeks}{SEMICOLON}"
            f"prise de poste à {hour(at)}, il manque {least}{duration(missing)}"
        )
    return (
        f"disponible {best}jusqu’à {hour(at - missing)} le {day}{weeks}{SEMICOLON}"
        f"fin de poste à {hour(at)}, il manque {least}{duration(missing)}"
    )


def _line(subject: str, state: LineState, text: str) -> Line:
    return Line(subject=subject, state=state, text=text, levers=())
