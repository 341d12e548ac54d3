"""Keep a fingerprint of every photo's picture, and an index by which its like is found.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, and find photos by their hash."""
    op.create_table(
        "fingerprint",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("photo_id", sa.String(64), nullable=False, unique=True),
        sa.Column("print", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "posting",
        sa.Column("key", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("batch", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("numbers", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("photo_sha256", "photo", ["sha256"])
