"""The files are described by the Structs that read them."""

import json

import msgspec
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from matching import schemas
from matching.ranking import match_one
from matching.world import world
from tests.matching.personas import ON, offer, participant


def test_a_line_of_each_file_is_valid_against_its_schema() -> None:
    told = schemas()
    found = match_one(participant(), offer(), world(), on=ON)
    for name, value in (("participant", participant()), ("offer", offer()), ("match", found)):
        Draft202012Validator.check_schema(told[name])
        Draft202012Validator(told[name]).validate(json.loads(msgspec.json.encode(value)))


def test_a_line_without_a_field_is_refused() -> None:
    line = json.loads(msgspec.json.encode(offer()))
    del line["schedule"]
    assert not Draft202012Validator(schemas()["offer"]).is_valid(line)
