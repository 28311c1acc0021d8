"""Eligibility grids of a territory

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "grid_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("territory_id", sa.Integer(), nullable=False),
        sa.Column("grid_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("grid", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_grid_version_author_id")),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territory.id"], name=op.f("fk_grid_version_territory_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_version")),
        sa.UniqueConstraint(
            "territory_id", "grid_id", "version", name=op.f("uq_grid_version_territory_id_grid_id_version")
        ),
    )
    with op.batch_alter_table("grid_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grid_version_territory_id"), ["territory_id"], unique=False)

    op.create_table(
        "lot_grid",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("territory_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("grid_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("known_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_lot_grid_author_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_lot_grid_lot_id")),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("fk_lot_grid_territory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_grid")),
    )
    with op.batch_alter_table("lot_grid", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lot_grid_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lot_grid_territory_id"), ["territory_id"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("lot_grid", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lot_grid_territory_id"))
        batch_op.drop_index(batch_op.f("ix_lot_grid_lot_id"))

    op.drop_table("lot_grid")
    with op.batch_alter_table("grid_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grid_version_territory_id"))

    op.drop_table("grid_version")
