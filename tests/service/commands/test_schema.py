"""`passerelle schema`: what it prints is what the files are."""

import json

import pytest

from service.cli import main


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main(["schema", *arguments]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize(
    ("what", "title"), [("participant", "Participant"), ("offer", "Offer"), ("match", "WholeLine")]
)
def test_each_file_has_its_schema(capsys: pytest.CaptureFixture[str], what: str, title: str) -> None:
    schema = printed(capsys, what)
    assert schema["$ref"] == f"#/$defs/{title}"
    assert str(schema["$schema"]).startswith("https://json-schema.org/")


def test_the_liaison_s_lines_have_no_verdict_by_constraint(capsys: pytest.CaptureFixture[str]) -> None:
    text = json.dumps(printed(capsys, "match", "--register", "liaison"))
    assert "LiaisonLine" in text
    assert "judgements" not in text


def test_no_field_of_a_participant_is_protected(capsys: pytest.CaptureFixture[str]) -> None:
    text = json.dumps(printed(capsys, "participant"))
    for word in ("sex", "birth", "nationality", "qpv", "first_name"):
        assert f'"{word}' not in text
