import inspect
from enum import Enum

import clauses


def test_every_word_that_a_screen_shows_is_told_in_french() -> None:
    """Each enum of the door that has labels has one for each of its members."""
    enums = [e for e in vars(clauses).values() if inspect.isclass(e) and issubclass(e, Enum)]
    assert len(enums) > 20
    for enum in enums:
        if hasattr(enum, "label"):
            labels = [member.label for member in enum]
            assert all(label and label[0] == label[0].strip() for label in labels), enum
            assert len(set(labels)) == len(labels), enum


def test_every_method_and_every_event_has_its_name() -> None:
    assert set(clauses.METHOD_LABELS) == set(clauses.Method.__args__)
    assert set(clauses.EVENT_LABELS) == set(clauses.Event.__args__)
