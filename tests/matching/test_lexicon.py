"""The project's own lexicon of everyday job names."""

from collections import Counter

from matching.lexicon import load_lexicon
from matching.rome import load_rome_codes


def test_the_lexicon_has_at_least_600_phrases_each_of_a_known_code() -> None:
    lexicon = load_lexicon()
    assert len(lexicon) >= 600
    assert {code for _, code in lexicon} <= set(load_rome_codes())


def test_no_phrase_is_given_twice() -> None:
    repeated = [
        phrase for phrase, count in Counter(phrase for phrase, _ in load_lexicon()).items() if count > 1
    ]
    assert repeated == []
