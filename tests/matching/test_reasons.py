"""Every reason, question and lever has its sentence, in every register that may read it."""

from datetime import date

import pytest

from matching.asking import lever_text, question_text
from matching.reasons import reason_text
from matching.register import NO_NAMES, Register
from matching.terms import Mode
from matching.verdict import (
    AskedOf,
    Lever,
    LeverCode,
    LeverSide,
    Question,
    QuestionCode,
    Reason,
    ReasonCode,
    Side,
)
from matching.week import WeekKind

C = ReasonCode
SENTENCES = {
    C.TRAVEL_TOO_LONG: (
        {"mode": Mode.BIKE, "value": 65, "limit": 45},
        "trajet de 1 h 05 à vélo, au-delà du maximum de 45 min",
    ),
    C.DAILY_TRAVEL_TOO_LONG: (
        {"mode": Mode.CAR, "value": 80, "limit": 78},
        "journée coupée : 1 h 20 de trajets en voiture, au-delà de 1 h 18 par jour",
    ),
    C.NO_MODE: ({}, "aucun moyen de transport pour s’y rendre"),
    C.NO_SERVICE: (
        {"mode": Mode.TRANSIT},
        "aucun trajet possible en transports en commun aux heures du poste",
    ),
    C.AVAILABILITY_MISSING: (
        {"day": 0, "side": Side.AFTER, "missing": 20, "at": 1080, "travel": 25, "bound": 1085},
        (
            "lundi : il manque 20 min le soir ; fin de poste à 18 h 00, 25 min de trajet, "
            "retour attendu à 18 h 05"
        ),
    ),
    C.AVAILABILITY_NONE: ({"day": 6}, "dimanche : aucune disponibilité aux heures du poste"),
    C.CARE_MISSING: (
        {
            "day": 1,
            "weeks": (WeekKind.SCHOOL_ODD, WeekKind.HOLIDAY_ODD),
            "side": Side.INSIDE,
            "missing": 90,
        },
        "mardi, les semaines impaires : la garde s’interrompt 1 h 30 pendant le poste",
    ),
    C.CARE_NONE: ({"day": 5}, "samedi : aucune garde aux heures du poste"),
    C.LICENCE_MISSING: ({"items": ("B", "C")}, "le poste demande les permis B et C"),
    C.LICENCE_EXPIRED: (
        {"items": ("B",), "on": date(2026, 12, 1)},
        "le permis B n’est pas valable le 01/12/2026",
    ),
    C.VEHICLE_MISSING: ({}, "le poste demande un véhicule"),
    C.CERTIFICATE_MISSING: ({"items": ("SST",)}, "le poste demande : SST"),
    C.CERTIFICATE_EXPIRED: (
        {"items": ("SST",), "on": date(2026, 12, 1)},
        "plus valable le 01/12/2026 : SST",
    ),
    C.LANGUAGE_BELOW: ({"items": ("B2",)}, "le poste demande un niveau de français B2"),
    C.PHYSICAL_DEMAND: (
        {"items": ("loads", "cold")},
        "le poste demande : port de charges et travail au froid",
    ),
    C.TOO_FEW_HOURS: (
        {"value": 2050, "limit": 2400},
        "20,5 h par semaine, moins que les 24 h souhaitées",
    ),
    C.TOO_MANY_HOURS: ({"value": 3500, "limit": 2800}, "35 h par semaine, plus que les 28 h souhaitées"),
    C.EMPLOYMENT_KIND_REFUSED: (
        {"items": ("interim",)},
        "le projet ne retient pas ce type d’emploi : intérim",
    ),
    C.STARTS_TOO_EARLY: (
        {"missing": 11, "on": date(2026, 12, 1)},
        "le poste commence 11 jours avant la date possible, le 01/12/2026",
    ),
    C.WAGE_TOO_LOW: ({"value": 1202, "limit": 1300}, "12,02 € de l’heure, moins que les 13,00 € souhaités"),
}


@pytest.mark.parametrize("code", list(ReasonCode))
def test_every_reason_reads_as_a_sentence(code: ReasonCode) -> None:
    told, sentence = SENTENCES[code]
    reason = Reason(code=code, **told)  # type: ignore[arg-type]
    assert reason_text(reason, NO_NAMES).replace("\u202f", " ") == sentence


@pytest.mark.parametrize("code", list(QuestionCode))
@pytest.mark.parametrize("register", list(Register))
def test_every_question_has_words_for_who_may_read_it(code: QuestionCode, register: Register) -> None:
    items = {
        QuestionCode.HAS_MODE: ("moped",),
        QuestionCode.CARE_WEEK: ("holiday_odd", "holiday_even"),
        QuestionCode.PHYSICAL: ("loads",),
        QuestionCode.CERTIFICATES: ("SST",),
    }.get(code, ())
    employers = {
        QuestionCode.PLACE, QuestionCode.HOURS, QuestionCode.ROTATION_PHASE, QuestionCode.DEMANDS,
        QuestionCode.WEEKLY_HOURS, QuestionCode.EMPLOYMENT_KIND, QuestionCode.START_DATE, QuestionCode.WAGE,
    }  # fmt: skip
    asked_of = AskedOf.EMPLOYER if code in employers else AskedOf.REFERENT
    if code is QuestionCode.TRANSIT_TIME:
        asked_of = AskedOf.TERRITORY
    text = question_text(Question(code=code, asked_of=asked_of, items=items), register, NO_NAMES)
    # Asked of the employer whoever is proposed; any other question would tell something of the person.
    hidden = register is Register.EMPLOYER and code not in (QuestionCode.PLACE, QuestionCode.HOURS)
    assert (text is None) == hidden
    if register is Register.EMPLOYER and text:
        assert text.startswith("préciser")


@pytest.mark.parametrize("code", list(LeverCode))
def test_every_lever_has_words_and_the_persons_are_hidden_from_the_liaison(code: LeverCode) -> None:
    item = "loads" if code is LeverCode.POST_ADAPTED else "B1"
    for side in LeverSide:
        lever = Lever(code=code, side=side, minutes=15, days=(1,), mode=Mode.MOPED, item=item)
        assert lever_text(lever, Register.FULL, NO_NAMES)
        assert lever_text(lever, Register.EMPLOYER, NO_NAMES) is None
        liaison = lever_text(lever, Register.LIAISON, NO_NAMES)
        assert (liaison == "solution à étudier avec le référent") == (side is LeverSide.PERSON)


def test_the_way_from_care_tells_the_drop_off_before_the_road() -> None:
    def told(travel: int, stop: int) -> str:
        reason = Reason(
            code=C.CARE_MISSING,
            day=0,
            side=Side.BEFORE,
            missing=43,
            at=450,
            travel=travel,
            stop=stop,
            bound=480,
        )
        return reason_text(reason, NO_NAMES).replace("\u202f", " ")

    start = "lundi : il manque 43 min le matin ; prise de poste à 7 h 30, "
    assert told(9, 5) == start + "5 min pour déposer et 9 min de trajet depuis la crèche, qui ouvre à 8 h 00"
    assert told(9, 0) == start + "9 min depuis la crèche, qui ouvre à 8 h 00"
    assert told(0, 5) == start + "5 min pour déposer ; la crèche ouvre à 8 h 00"
    assert told(0, 0) == start + "la crèche ouvre à 8 h 00"


def test_a_lever_names_its_days_unless_it_is_every_day() -> None:
    def told(*days: int) -> str | None:
        lever = Lever(code=LeverCode.START_LATER, side=LeverSide.OFFER, minutes=44, days=days)
        return lever_text(lever, Register.FULL, NO_NAMES)

    assert told() == "prise de poste 44\u202fmin plus tard"
    assert told(0) == "prise de poste 44\u202fmin plus tard le lundi"
    assert told(0, 1, 3) == "prise de poste 44\u202fmin plus tard le lundi, le mardi et le jeudi"
