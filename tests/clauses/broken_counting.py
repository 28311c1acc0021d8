"""Wrong ways to count hours and to watch working time, each with the cases that catch it."""

from typing import Any

import msgspec

from clauses.counting import Share
from clauses.days import days_between, held_by_any, weekdays
from tests.clauses.breaking import swap, true_one

intervals_for = true_one("clauses.eligibility.intervals_for")
share_of = true_one("clauses.counting.share_of")
interval_for = true_one("clauses.eligibility.interval_for")


def prorata_half_up(line: Any, days: Any, allowed: Any, policy: Any) -> Share:
    share: Share = share_of(line, days, allowed, policy)
    if share.by_day or not share.kept or not share.hours:
        return share
    return msgspec.structs.replace(
        share, hours=(line.entry.hours * share.kept * 2 + share.all) // share.all // 2
    )


def always_prorata(line: Any, days: Any, allowed: Any, policy: Any) -> Any:
    return share_of(line, days, allowed, type(policy).PRORATA)


def without_detail(line: Any, days: Any, allowed: Any, policy: Any) -> Any:
    bare = msgspec.structs.replace(line, entry=msgspec.structs.replace(line.entry, days=()))
    return share_of(bare, days, allowed, policy)


def without_cap(period: Any, lot: Any, end: Any = None, *, cdi: bool = True) -> Any:
    rules = msgspec.structs.replace(lot.rules, cdi_cap_months=999)
    return interval_for(period, msgspec.structs.replace(lot, rules=rules), end, cdi=cdi)


def never_revoked(period: Any, lot: Any, end: Any = None, *, cdi: bool = True) -> Any:
    return interval_for(msgspec.structs.replace(period, revoked_on=None), lot, end, cdi=cdi)


swap(
    "clauses.counting.weekdays",
    lambda first, last, off: days_between(first, last),
    "a month is shared by calendar days",
    "limite-05-eligible-en-cours-de-mois",
)
swap(
    "clauses.counting.weekdays",
    lambda first, last, off: weekdays(first, last, frozenset()),
    "public holidays are worked",
    "compte-jours-feries",
    "compte-feries-de-martinique",
)
swap(
    "clauses.counting.share_of",
    prorata_half_up,
    "a share goes half-up",
    "limite-05-eligible-en-cours-de-mois",
)
swap(
    "clauses.counting.share_of",
    always_prorata,
    "the policy of the marché is ignored",
    "compte-mois-entier-ou-rien",
)
swap("clauses.counting.share_of", without_detail, "the daily record is ignored", "compte-releve-journalier")
swap(
    "clauses.facts.intervals_for",
    lambda *told, cdi=True: intervals_for(*told, cdi=True),
    "a fixed-term job is extended as a CDI",
    "limite-13-conversion-en-cdi",
)
swap(
    "clauses.facts.intervals_for",
    lambda *told, cdi=True: intervals_for(*told, cdi=False),
    "a CDI extends nothing",
    "limite-13-conversion-en-cdi",
)
swap("clauses.eligibility.interval_for", without_cap, "a CDI counts for ever", "limite-13-conversion-en-cdi")
swap(
    "clauses.case_compare.interval_for",
    never_revoked,
    "a revoked eligibility goes on",
    "eligibilite-avis-motive",
)
swap(
    "clauses.eligibility.retroactive_start",
    lambda asked, dated, grace: max(asked, dated or asked),
    "no grace for a late proof",
    "limite-06-justificatif-tardif",
)
swap(
    "clauses.eligibility.retroactive_start",
    lambda asked, dated, grace: asked,
    "a late proof covers the past",
    "limite-06-justificatif-tardif",
)


own_months = true_one("clauses.rules_legal._months")
over = true_one("clauses.rules_legal._over")
true_days = true_one("clauses.rules_legal._days")
swap(
    "clauses.rules_legal._months",
    lambda facts: own_months(
        msgspec.structs.replace(facts, context=msgspec.structs.replace(facts.context, others=()))
    ),
    "the legal month looks at one employer only",
    "limite-04-maximum-legal",
    "limite-03-deux-marches-un-mois",
)
swap(
    "clauses.rules_legal._over",
    lambda *told: msgspec.structs.replace(over(*told), firm=over(*told).facilitator),
    "the firm reads the hours of another employer",
    "limite-04-maximum-legal",
    "regle-jour-et-semaine",
)
swap("clauses.rules_legal._majority", lambda facts, line: None, "nobody is a minor", "regle-personne-mineure")

swap(
    "clauses.rules_legal._told",
    lambda facts, line: true_days(facts, line).keys(),
    "an excess is told again wherever the person works that month",
    "regle-exces-la-ou-il-est",
)

swap(
    "clauses.eligibility._own_end",
    lambda period, lot, lot_end: period.ends_on,
    "the lot has no duration of its own",
    "eligibilite-duree-propre-au-lot",
)

swap(
    "clauses.rules_legal._is_work",
    lambda kind: True,
    "paid leave is working time",
    "compte-heures-payees-ou-travaillees",
)
swap(
    "clauses.rules_cut.HoursBasis",
    type("NoBasis", (), {"WORKED": None}),
    "paid leave counts everywhere",
    "compte-heures-payees-ou-travaillees",
)
swap(
    "clauses.counting.held_by_any",
    lambda allowed, on: bool(allowed) and held_by_any(allowed[:1], on),
    "only the first eligibility of a month counts",
    "eligibilite-deux-periodes-et-un-trou",
)
swap(
    "clauses.facts.last_day_of",
    lambda placement: placement.planned_ends_on,
    "a job goes on until its planned end",
    "limite-12-abandon",
)

open_period = true_one("clauses.case_replay.open_period")
swap(
    "clauses.case_replay.open_period",
    lambda asked, grid, grace: open_period(msgspec.structs.replace(asked, override=""), grid, grace),
    "nothing goes beyond the grace",
    "eligibilite-preuve-au-dela-de-la-grace",
)
