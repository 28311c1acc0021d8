"""Paid leave on a declaration: a third kind of hours, for the marchés that count the hours paid.

Revision ID: 0007
Revises: 0006
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NAME = "ck_declaration_line_hourkind"


def upgrade() -> None:
    _accept("'travail', 'formation', 'absence_payee'")


def downgrade() -> None:
    op.execute("DELETE FROM declaration_line WHERE kind = 'absence_payee'")
    _accept("'travail', 'formation'")


def _accept(kinds: str) -> None:
    """SQLite makes the table anew: what refers to its lines is put aside meanwhile."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        op.execute("CREATE TEMPORARY TABLE aside AS SELECT * FROM allocation")
        op.execute("DELETE FROM allocation")
    with op.batch_alter_table("declaration_line", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(NAME), type_="check")
        batch_op.create_check_constraint(op.f(NAME), f"kind IN ({kinds})")
    if sqlite:
        op.execute("INSERT INTO allocation SELECT * FROM aside")
        op.execute("DROP TABLE aside")
