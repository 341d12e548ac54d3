"""Keep smaller pictures of photos whose originals follow later.

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "screen_copy",
        sa.Column("photo_id", sa.String(64), sa.ForeignKey("photo.id"), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("upload_id", sa.String(64), nullable=False, unique=True),
        sa.Column("upload_metadata", sa.Text),
        sa.Column("arrived_at", sa.String(32)),
    )
