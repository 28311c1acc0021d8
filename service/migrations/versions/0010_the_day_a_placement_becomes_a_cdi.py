"""The day a placement becomes a CDI: another employment until then, and its hours with it.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("placement", sa.Column("cdi_from", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("placement", "cdi_from")
