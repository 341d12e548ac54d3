"""Remember the revision with which each photo arrived, for its receipt.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the revision; of photos that are here already, the one their ticket has now says so."""
    op.add_column("photo", sa.Column("arrived_revision", sa.BigInteger))
    op.execute(
        "UPDATE photo SET arrived_revision = (SELECT ticket.revision FROM ticket"
        " WHERE ticket.id = photo.ticket_id) WHERE arrived_at IS NOT NULL"
    )
