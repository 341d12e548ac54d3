"""Keep the words with which an upload was created; those of before are told by their columns.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("photo", sa.Column("upload_metadata", sa.Text, nullable=True))
