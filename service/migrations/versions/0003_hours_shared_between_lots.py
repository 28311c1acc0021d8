"""Hours shared between lots

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("territory_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("from_lot_id", sa.Integer(), nullable=False),
        sa.Column("to_lot_id", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("consents", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.Column("cancelled_by", sa.Integer(), nullable=True),
        sa.Column("cancel_reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_allocation_author_id")),
        sa.ForeignKeyConstraint(
            ["cancelled_by"], ["user_account.id"], name=op.f("fk_allocation_cancelled_by")
        ),
        sa.ForeignKeyConstraint(["from_lot_id"], ["lot.id"], name=op.f("fk_allocation_from_lot_id")),
        sa.ForeignKeyConstraint(["line_id"], ["declaration_line.id"], name=op.f("fk_allocation_line_id")),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("fk_allocation_territory_id")),
        sa.ForeignKeyConstraint(["to_lot_id"], ["lot.id"], name=op.f("fk_allocation_to_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_allocation_public_id")),
    )
    with op.batch_alter_table("allocation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_allocation_from_lot_id"), ["from_lot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_allocation_line_id"), ["line_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_allocation_territory_id"), ["territory_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_allocation_to_lot_id"), ["to_lot_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("allocation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_allocation_to_lot_id"))
        batch_op.drop_index(batch_op.f("ix_allocation_territory_id"))
        batch_op.drop_index(batch_op.f("ix_allocation_line_id"))
        batch_op.drop_index(batch_op.f("ix_allocation_from_lot_id"))

    op.drop_table("allocation")
