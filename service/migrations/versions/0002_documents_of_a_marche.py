"""Documents of a marché

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("territory_id", sa.Integer(), nullable=False),
        sa.Column("marche_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("penalty_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "ccap",
                "acte_engagement",
                "avenant",
                "tranche",
                "bon_de_commande",
                "acte_special",
                "decision_penalite",
                "autre",
                name="documentkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column(
            "media",
            sa.Enum(
                "pdf",
                "docx",
                "odt",
                "xlsx",
                "png",
                "jpg",
                name="documentmedia",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_document_author_id")),
        sa.ForeignKeyConstraint(["event_id"], ["lot_event.id"], name=op.f("fk_document_event_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_document_lot_id")),
        sa.ForeignKeyConstraint(["marche_id"], ["marche.id"], name=op.f("fk_document_marche_id")),
        sa.ForeignKeyConstraint(["penalty_id"], ["penalty.id"], name=op.f("fk_document_penalty_id")),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("fk_document_territory_id")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["user_account.id"], name=op.f("fk_document_withdrawn_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("public_id", name=op.f("uq_document_public_id")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_marche_id"), ["marche_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_penalty_id"), ["penalty_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_territory_id"), ["territory_id"], unique=False)

    op.create_table(
        "document_content",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("territory_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_content_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territory.id"], name=op.f("fk_document_content_territory_id")
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_document_content")),
    )
    with op.batch_alter_table("document_content", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_content_territory_id"), ["territory_id"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("document_content", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_content_territory_id"))

    op.drop_table("document_content")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_territory_id"))
        batch_op.drop_index(batch_op.f("ix_document_penalty_id"))
        batch_op.drop_index(batch_op.f("ix_document_marche_id"))
        batch_op.drop_index(batch_op.f("ix_document_lot_id"))
        batch_op.drop_index(batch_op.f("ix_document_event_id"))

    op.drop_table("document")
