"""Wrong ways to compute what is due, each with the cases that catch it."""

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import msgspec

from clauses import Rounding, ThresholdMeaning
from clauses.events import CreditNote, Event, Withdrawal
from clauses.method import Missing
from clauses.window import window_of
from tests.clauses.breaking import swap, true_one

round_hours = true_one("clauses.obligation.round_hours")
known_events = true_one("clauses.obligation.known_events")
exact_hours = true_one("clauses.obligation.exact_hours")
counted = true_one("clauses.method._counted")


def other_meaning(told: Any, net: Fraction) -> Any:
    trigger = told.meaning is ThresholdMeaning.TRIGGER
    meaning = ThresholdMeaning.FRANCHISE if trigger else ThresholdMeaning.TRIGGER
    return counted(msgspec.structs.replace(told, meaning=meaning), net)


def without(kind: type[Event]) -> Any:
    return lambda events, on, at: known_events(tuple(e for e in events if not isinstance(e, kind)), on, at)


def all_known(events: Any, on: date, at: datetime) -> Any:
    return known_events(events, on, datetime.max.replace(tzinfo=at.tzinfo))


def zero_when_missing(told: Any, amounts: Any) -> Any:
    found = exact_hours(told, amounts)
    return Fraction(0) if isinstance(found, Missing) else found


def keep_amendments(self: Any, calibration: Any) -> None:
    self.calibration = calibration


def days_before(starts_on: date, ends_on: date, on: date) -> Fraction:
    return min(Fraction(1), max(Fraction(0), Fraction((on - starts_on).days, (ends_on - starts_on).days + 1)))


swap(
    "clauses.obligation.round_hours",
    lambda exact, rounding: round_hours(exact, Rounding.NEAREST_HOUR),
    "every due goes to the nearest hour",
    "limite-07-avenant-1041-heures",
    "du-arrondis",
)
swap(
    "clauses.obligation.round_hours",
    lambda exact, rounding: round_hours(exact, Rounding.FLOOR_HOUR),
    "every due goes down to the hour",
    "du-arrondis",
)
swap(
    "clauses.obligation.round_hours",
    lambda exact, rounding: int(exact / 100) * 100,
    "a due may be negative",
    "du-jamais-negatif",
)
swap(
    "clauses.method._reached",
    lambda told, net: net > told.threshold,
    "a threshold must be passed, not reached",
    "du-seuil-declencheur",
)
swap(
    "clauses.method._reached",
    lambda told, net: net >= told.threshold,
    "a threshold is always reached at equality",
    "du-seuil-strict-et-tranches-entieres",
)
swap(
    "clauses.method._counted",
    other_meaning,
    "trigger and franchise are exchanged",
    "du-seuil-declencheur",
    "du-seuil-franchise",
    "limite-11-avoir-repasse-sous-le-seuil",
)
swap(
    "clauses.obligation.known_events",
    without(CreditNote),
    "credit notes are forgotten",
    "limite-11-avoir-repasse-sous-le-seuil",
)
swap("clauses.obligation.known_events", without(Withdrawal), "withdrawals are forgotten", "du-saisie-annulee")
swap(
    "clauses.obligation.known_events",
    all_known,
    "the second clock is ignored",
    "du-facture-apprise-tard",
    "limite-07-avenant-1041-heures",
)
swap(
    "clauses.obligation.known_events",
    lambda events, on, at: known_events(events, date.max, at),
    "the first clock is ignored",
    "limite-07-avenant-1041-heures",
    "du-tranche-affermie",
    "du-reconduction",
)
swap(
    "clauses.obligation.exact_hours",
    zero_when_missing,
    "an unknown due is zero",
    "du-pourcentage-des-heures",
    "du-prorata-du-personnel-nouveau",
)
swap(
    "clauses.method._bracket",
    lambda told, amounts: max(
        (b for b in told.brackets if b.at_least <= told.amount + amounts.added + amounts.reconducted),
        key=lambda b: b.at_least,
    ),
    "a reconduction changes the bracket",
    "du-bareme",
)
swap(
    "clauses.ledger.Ledger.calibrate",
    keep_amendments,
    "a new calibration keeps former amendments",
    "du-nouveau-calibrage",
)
swap("clauses.ledger._resiliate", lambda *_: None, "a resiliation changes nothing", "du-resiliation")
swap(
    "clauses.obligation.elapsed_share", days_before, "the day itself has not passed", "du-formule-833-heures"
)
swap("clauses.obligation.pace_of", window_of, "the pace ignores the order to start", "du-formule-3500-heures")
swap(
    "clauses.window._end",
    lambda notified, seen: notified.ends_on,
    "the end never moves",
    "du-prolongation-de-delai",
    "du-reconduction",
    "compte-hors-des-dates-du-marche",
)
swap(
    "clauses.obligation._forecast_amounts",
    lambda held, seen, on: msgspec.structs.replace(held.amounts(), forecast=Fraction(held.ordered)),
    "an order is consumed at once",
    "du-bons-de-commande-et-prevision",
)
