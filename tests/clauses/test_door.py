import ast
from pathlib import Path

import clauses

CORE = Path(clauses.__file__).parent


def test_the_door_opens_on_everything_it_lists() -> None:
    assert len(set(clauses.__all__)) == len(clauses.__all__)
    for name in clauses.__all__:
        assert hasattr(clauses, name)


def test_the_core_knows_no_web_no_database_and_no_clock() -> None:
    foreign = {"litestar", "sqlmodel", "sqlalchemy", "matching", "service", "time", "random", "socket"}
    for path in CORE.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        roots = {
            name.split(".")[0]
            for node in ast.walk(ast.parse(text))
            for name in (
                [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
        }
        assert not roots & foreign, path.name
        assert ".today()" not in text, path.name
        assert ".now(" not in text, path.name
