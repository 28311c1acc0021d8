"""Values as people write them, and as they may not."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from clauses.case_values import (
    Misread,
    fold,
    read_count,
    read_day,
    read_flag,
    read_fraction_of_days,
    read_hours,
    read_hours_or_unknown,
    read_key,
    read_money,
    read_month,
    read_percent,
    read_rule,
    read_share,
    read_signed_hours,
    read_ten_thousandths,
    spaced,
)

Reader = Callable[[object], object]


@pytest.mark.parametrize(
    ("read", "written", "value"),
    [
        (read_day, "03/02/2026", date(2026, 2, 3)),
        (read_day, "3/2/2026", date(2026, 2, 3)),
        (read_day, "2026-02-03", date(2026, 2, 3)),
        (read_day, date(2026, 2, 3), date(2026, 2, 3)),
        (read_day, "1er janvier 2026", date(2026, 1, 1)),
        (read_day, "3 Février 2026", date(2026, 2, 3)),
        (read_month, "2026-03", date(2026, 3, 1)),
        (read_month, "2026-3", date(2026, 3, 1)),
        (read_month, "T2 2026", date(2026, 4, 1)),
        (read_month, "03/2026", date(2026, 3, 1)),
        (read_month, "Mars 2026", date(2026, 3, 1)),
        (read_month, "2026-T2", date(2026, 4, 1)),
        (read_month, "15/03/2026", date(2026, 3, 1)),
        (read_hours, "95,78", 9578),
        (read_hours, "7h30", 750),
        (read_hours, 140, 14000),
        (read_hours, Decimal("95.78"), 9578),
        (read_signed_hours, "−18", -1800),
        (read_signed_hours, -18, -1800),
        (read_signed_hours, "+18", 1800),
        (read_hours_or_unknown, "Inconnu", None),
        (read_money, "1 000 000 €", Decimal(1_000_000)),
        (read_money, "75,50", Decimal("75.50")),
        (read_money, "75,50 € HT", Decimal("75.50")),
        (read_money, "30 €/h", Decimal(30)),
        (read_money, "2,7 M€", Decimal(2_700_000)),
        (read_money, "-250 k€", Decimal(-250_000)),
        (read_money, "-250 000", Decimal(-250_000)),
        (read_share, "5 %", Decimal("0.05")),
        (read_share, "0,05", Decimal("0.05")),
        (read_share, Decimal("0.05"), Decimal("0.05")),
        (read_share, 1, Decimal(1)),
        (read_percent, "20 %", 20),
        (read_percent, 20, 20),
        (read_ten_thousandths, "24,65 %", 2465),
        (read_key, "1/4", Decimal(25)),
        (read_key, "0,4", Decimal(40)),
        (read_key, "0,5 %", Decimal("0.5")),
        (read_money, "250 K€", Decimal(250_000)),
        (read_key, "60 %", Decimal(60)),
        (read_count, 3, 3),
        (read_count, "3", 3),
        (read_flag, "Oui", True),
        (read_flag, False, False),
        (read_rule, "R02 coupe", "R02 coupe"),
        (read_fraction_of_days, "13 jours sur 19", (13, 19)),
    ],
)
def test_a_value_is_read_as_people_write_it(read: Reader, written: object, value: object) -> None:
    assert read(written) == value


@pytest.mark.parametrize(
    ("read", "written", "told"),
    [
        (read_day, "2026-13-01", "n’est pas une date"),
        (read_day, "0226-02-03", "vraisemblable"),
        (read_day, "31 février 2026", "n’est pas une date"),
        (read_day, "3 brumaire 2026", "n’est pas une date"),
        (read_month, "2026-13", "n’est pas un mois"),
        (read_month, "T5 2026", "n’est pas un mois"),
        (read_month, "1999-12", "vraisemblable"),
        (read_hours, "7h5", "ambigu"),
        (read_hours, "-18", "négatif"),
        (read_hours, ["1"], "ne se lit pas"),
        (read_share, "5", "écrivez « 5"),
        (read_money, "mille", "n’est pas une somme"),
        (read_money, "1e9", "n’est pas une somme"),
        (read_money, "99999999999999", "trop grand"),
        (read_money, "10000000 M€", "trop grand"),
        (read_money, "M€", "n’est pas une somme"),
        (read_money, "1.000.000 €", "n’est pas une somme"),
        (read_percent, "12,5 %", "entier"),
        (read_ten_thousandths, "24,657", "deux chiffres"),
        (read_key, "1/0", "zéro"),
        (read_count, -1, "entier"),
        (read_count, True, "entier"),
        (read_flag, "peut-être", "true ou false"),
        (read_rule, "R23", "n’est pas une règle"),
        (read_rule, "R02 refusé", "n’est pas une règle"),
        (read_fraction_of_days, "13", "13 sur 19"),
    ],
)
def test_what_cannot_be_read_is_told_in_french(read: Reader, written: object, told: str) -> None:
    with pytest.raises(Misread, match=told):
        read(written)


def test_words_and_sentences_are_compared_without_accents_spaces_or_capitals() -> None:
    assert fold("Tranche affermie") == fold("tranche_affermie") == "tranche_affermie"
    assert fold("Déclencheur") == "declencheur"
    assert fold("sous\u2011traitant") == fold("sous\u00a0traitant") == "sous_traitant"
    assert fold("Déclarer l’effectif") == fold("déclarer l'effectif") == "declarer_l_effectif"
    assert spaced("À partir du 16\u202f: l’étape") == spaced("à partir  du 16 : l'étape")
