from datetime import date

import msgspec

from clauses import (
    Bilan,
    Declaration,
    ExpectedReport,
    bilan_alerts,
    recall,
    silences,
    waiting_alert,
    waiting_at,
)
from tests.clauses.personas import COLAS, at, declared, line, validated

END = date(2027, 12, 31)
WHY = "Le total des heures n’est pas déclaré."


def picture(**changes: object) -> Bilan:
    """Halfway, half done: 50 h of 100, all counted."""
    base = Bilan(
        lot_id="lot-1",
        on=date(2027, 6, 30),
        known_at=at(date(2027, 7, 15)),
        due=10000,
        forecast=10000,
        declared=5000,
        countable=5000,
        validated=5000,
        time_share=5000,
        hours_share=5000,
        lines=(),
    )
    return msgspec.structs.replace(base, **changes)


def alerts(end: date = END, moved: tuple[int, ...] = (), **changes: object) -> str:
    return " ".join(bilan_alerts(picture(**changes), WHY, end, 25, moved)).replace("\u202f", " ")


def test_a_lot_on_time_alerts_nobody() -> None:
    assert alerts() == ""
    assert alerts(hours_share=2500) == ""  # 50 − 25 = 25 points: not more than 25


def test_time_ahead_of_hours_is_told() -> None:
    assert alerts(hours_share=2400) == "50 % du temps est passé, pour 24 % des heures."


def test_hours_left_after_the_end_are_told_once() -> None:
    # 100 − 50 = 50 h.
    told = alerts(end=date(2027, 5, 31), hours_share=1000)
    assert told == "Le lot est fini depuis le 31/05/2027 : il manque 50 h."


def test_hours_shared_are_told_each_way() -> None:
    # 12 + 3 = 15 h in, 8 h out.
    assert alerts(moved=(1200, -800, 300)) == (
        "15 h déclarées sur d’autres lots sont comptées ici par partage. "
        "8 h déclarées sur ce lot sont comptées sur d’autres par partage."
    )


def test_an_unknown_due_is_told_with_what_is_missing() -> None:
    assert alerts(due=None, hours_share=None) == WHY


def test_what_waited_at_an_instant_is_told_with_its_hours() -> None:
    # 140 h sent the 5th of February, accepted the 10th.
    sent = declared(line())
    done = validated(sent)
    january = date(2027, 1, 31)
    assert waiting_at((done,), january, at(date(2027, 2, 8))) == (done,)
    assert waiting_at((done,), january, at(date(2027, 2, 12))) == ()
    assert waiting_at((done,), date(2026, 12, 31), at(date(2027, 2, 8))) == ()
    assert waiting_alert((sent,)).replace("\u202f", " ") == "1 déclaration attend le contrôle (140 h)."
    assert waiting_alert(()) == ""


def test_what_was_taken_back_waited_until_then_and_answers_nothing_since() -> None:
    # 140 h sent the 5th of February, taken back the 8th at nine.
    gone = recall(declared(line()), "chef-de-chantier", at(date(2027, 2, 8)), visa_given=False)
    assert isinstance(gone, Declaration)
    january, before, after = date(2027, 1, 31), at(date(2027, 2, 7)), at(date(2027, 2, 9))
    assert waiting_at((gone,), january, before) == (gone,)
    assert waiting_at((gone,), january, after) == ()
    expected = (ExpectedReport(company_id=COLAS, period_start=date(2027, 1, 1), period_end=january),)
    assert silences(expected, (gone,), january, before, str) == ()
    assert silences(expected, (gone,), january, after, str) == (
        "colas-du-marais n’a rien déclaré pour janvier 2027.",
    )


def test_a_company_that_answered_nothing_is_named_with_its_periods() -> None:
    months = [(date(2027, n, 1), date(2027, n, 28)) for n in range(1, 7)]
    expected = [ExpectedReport(company_id=COLAS, period_start=a, period_end=b) for a, b in months]
    on, known = date(2027, 6, 30), at(date(2027, 7, 15))
    # January was answered; of the five that follow, four are named.
    (told,) = silences(expected, (declared(line()),), on, known, str.upper)
    named = "février 2027, mars 2027, avril 2027, mai 2027"
    assert told == f"COLAS-DU-MARAIS n’a rien déclaré pour {named} et 1 autre période."
    assert silences(expected[:1], (declared(line()),), on, known, str) == ()
