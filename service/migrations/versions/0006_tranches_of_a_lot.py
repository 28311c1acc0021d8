"""Tranches of a lot

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "tranche",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("territory_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("dropped_at", sa.DateTime(), nullable=True),
        sa.Column("dropped_reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_tranche_author_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_tranche_lot_id")),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("fk_tranche_territory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tranche")),
        sa.UniqueConstraint("public_id", name=op.f("uq_tranche_public_id")),
    )
    with op.batch_alter_table("tranche", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tranche_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tranche_territory_id"), ["territory_id"], unique=False)

    # In SQL: by batch, SQLite would copy the ledger and drop it, which the documents of its events forbid.
    op.execute(
        "ALTER TABLE lot_event ADD COLUMN tranche_id INTEGER "
        "CONSTRAINT fk_lot_event_tranche_id REFERENCES tranche (id)"
    )
    op.create_index("ix_lot_event_tranche_id", "lot_event", ["tranche_id"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("lot_event", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_lot_event_tranche_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_lot_event_tranche_id"))
        batch_op.drop_column("tranche_id")

    with op.batch_alter_table("tranche", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tranche_territory_id"))
        batch_op.drop_index(batch_op.f("ix_tranche_lot_id"))

    op.drop_table("tranche")
