"""What was written of an occupation: certain or to confirm, settled by a person, summed for matching."""

from matching.terms import RomeWeight
from service.reference.reading import Reading, confirmed, is_certain, merged, shown
from service.vocabulary import OccupationSource


def weights(*pairs: tuple[str, int]) -> tuple[RomeWeight, ...]:
    return tuple(RomeWeight(rome=code, weight=weight) for code, weight in pairs)


def test_one_occupation_alone_or_whole_over_the_others_is_certain() -> None:
    assert is_certain(weights(("K2204", 4_200)))
    assert is_certain(weights(("K2204", 10_000), ("K1304", 300)))
    assert not is_certain(weights(("K2204", 9_000), ("K1304", 300)))
    assert not is_certain(weights(("K2204", 10_000), ("K1304", 10_000)))
    assert not is_certain(())


def test_what_a_person_chose_comes_first_and_the_others_count_half_at_most() -> None:
    read = weights(("G1602", 6_000), ("G1603", 3_000), ("G1605", 500))
    assert confirmed(read, "G1603") == weights(("G1603", 10_000), ("G1602", 5_000), ("G1605", 500))


def test_three_to_five_choices_are_shown_the_unlikely_ones_only_when_there_are_not_three() -> None:
    few = weights(("G1609", 5_000), ("G1602", 4_000), ("K2409", 104), ("E1106", 104))
    assert [one.rome for one in shown(few)] == ["G1609", "G1602", "K2409"]
    many = weights(*((f"G160{rank}", 2_000 - rank) for rank in range(6)))
    assert len(shown(many)) == 5


def test_a_code_of_two_readings_keeps_its_greatest_weight() -> None:
    first = Reading(text="cuisine", source=OccupationSource.PROPOSED, rome=weights(("G1602", 6_000)))
    rest = weights(("G1603", 10_000), ("G1602", 200))
    second = Reading(text="plonge", source=OccupationSource.CONFIRMED, rome=rest)
    assert merged((first, second)) == weights(("G1602", 6_000), ("G1603", 10_000))
