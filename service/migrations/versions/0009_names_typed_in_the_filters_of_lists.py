"""Names typed in the filters of lists

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "list_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("territory_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=100), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("fk_list_words_territory_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_list_words_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_words")),
        sa.UniqueConstraint("public_id", name=op.f("uq_list_words_public_id")),
    )
    with op.batch_alter_table("list_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_list_words_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_list_words_territory_id"), ["territory_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_list_words_user_id"), ["user_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("list_words", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_list_words_user_id"))
        batch_op.drop_index(batch_op.f("ix_list_words_territory_id"))
        batch_op.drop_index(batch_op.f("ix_list_words_created_at"))

    op.drop_table("list_words")
