"""Lay the first tables.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table of the first release."""
    _people()
    _work()
    _photos()


def _people() -> None:
    """Make the tables of the agency and its people."""
    op.create_table(
        "counter",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("value", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "fact",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "crew",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("username", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("crew_id", sa.String(64), sa.ForeignKey("crew.id")),
        sa.Column("password_hash", sa.Text, nullable=False),
    )
    op.create_table(
        "device",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("person_id", sa.String(64), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("token_sha256", sa.String(64), nullable=False, unique=True),
        sa.Column("signed_in_at", sa.String(32), nullable=False),
        sa.Column("last_seen_at", sa.String(32), nullable=False),
        sa.Column("is_revoked", sa.Boolean, nullable=False),
    )


def _work() -> None:
    """Make the tables of tickets and operations."""
    op.create_table(
        "ticket",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("revision", sa.BigInteger, nullable=False, unique=True),
        sa.Column("crew_id", sa.String(64)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
    )
    op.create_index("ticket_crew_revision", "ticket", ["crew_id", "revision"])
    op.create_table(
        "removal",
        sa.Column("ticket_id", sa.String(64), primary_key=True),
        sa.Column("crew_id", sa.String(64), primary_key=True),
        sa.Column("revision", sa.BigInteger, nullable=False),
    )
    op.create_index("removal_crew_revision", "removal", ["crew_id", "revision"])
    op.create_table(
        "operation",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("ticket_id", sa.String(64), sa.ForeignKey("ticket.id"), nullable=False),
        sa.Column("actor_id", sa.String(64), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("device_id", sa.String(64), sa.ForeignKey("device.id"), nullable=False),
        sa.Column("type", sa.String(16), nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(32)),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("receipt_id", sa.String(32), nullable=False),
        sa.Column("received_at", sa.String(32), nullable=False),
    )
    op.create_index("operation_revision", "operation", ["revision"])
    op.create_table(
        "imported",
        sa.Column("ticket_id", sa.String(64), sa.ForeignKey("ticket.id"), primary_key=True),
        sa.Column("status_words", sa.Text, nullable=False),
        sa.Column("last_activity", sa.String(32), nullable=False),
        sa.Column("photo_urls", sa.Text, nullable=False),
    )


def _photos() -> None:
    """Make the tables of photos and uploads."""
    op.create_table(
        "photo",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("ticket_id", sa.String(64), sa.ForeignKey("ticket.id"), nullable=False),
        sa.Column("added_by", sa.String(64)),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("filetype", sa.String(64), nullable=False),
        sa.Column("preview", sa.LargeBinary, nullable=False),
        sa.Column("upload_id", sa.String(64), nullable=False, unique=True),
        sa.Column("arrived_at", sa.String(32)),
    )
    op.create_index("photo_ticket", "photo", ["ticket_id"])
    op.create_table(
        "upload",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("photo_id", sa.String(64), sa.ForeignKey("photo.id"), nullable=False),
        sa.Column("person_id", sa.String(64), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("expires_at", sa.String(32), nullable=False),
    )
    op.create_index("upload_person", "upload", ["person_id"])
