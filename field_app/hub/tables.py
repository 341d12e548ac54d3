"""The hub's tables as the queries see them; `migrations` makes them."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

METADATA: Final = MetaData()
REVISION: Final = "revision"
"""Name of the one counter row from which every revision is taken."""

counter: Final = Table(
    "counter", METADATA, Column("name", String, primary_key=True), Column("value", BigInteger)
)
fact: Final = Table(
    "fact",
    METADATA,
    Column("name", String, primary_key=True),
    Column("value", LargeBinary),
    Column("revision", BigInteger),
)
"""`hub`: this database's own name; `reference`: what every laptop must know, as sent."""
crew: Final = Table("crew", METADATA, Column("id", String, primary_key=True), Column("name", Text))
person: Final = Table(
    "person",
    METADATA,
    Column("id", String, primary_key=True),
    Column("username", String),
    Column("name", Text),
    Column("role", String),
    Column("crew_id", String),
    Column("password_hash", Text),
)
device: Final = Table(
    "device",
    METADATA,
    Column("id", String, primary_key=True),
    Column("person_id", String),
    Column("name", Text),
    Column("token_sha256", String),
    Column("signed_in_at", String),
    Column("last_seen_at", String),
    Column("is_revoked", Boolean),
    Column("rescue_key", String),
)
"""`rescue_key` opens every rescue pack of the device; NULL for those that signed in before there
was one."""
ticket: Final = Table(
    "ticket",
    METADATA,
    Column("id", String, primary_key=True),
    Column("revision", BigInteger),
    Column("crew_id", String),
    Column("state", String),
    Column("document", LargeBinary),
)
"""`document` is the ticket's JSON exactly as it is sent."""
removal: Final = Table(
    "removal",
    METADATA,
    Column("ticket_id", String, primary_key=True),
    Column("crew_id", String, primary_key=True),
    Column("revision", BigInteger),
)
"""Tickets that a crew had and has no more."""
operation: Final = Table(
    "operation",
    METADATA,
    Column("id", String, primary_key=True),
    Column("ticket_id", String),
    Column("actor_id", String),
    Column("device_id", String),
    Column("type", String),
    Column("document", LargeBinary),
    Column("outcome", String),
    Column("reason", String),
    Column("revision", BigInteger),
    Column("receipt_id", String),
    Column("received_at", String),
)
"""Operations that were applied or recorded; a refused one leaves nothing."""
imported: Final = Table(
    "imported",
    METADATA,
    Column("ticket_id", String, primary_key=True),
    Column("status_words", Text),
    Column("last_activity", String),
    Column("photo_urls", Text),
)
"""What the platform said last of a ticket; `photo_urls` has one address per line."""
photo: Final = Table(
    "photo",
    METADATA,
    Column("id", String, primary_key=True),
    Column("ticket_id", String),
    Column("added_by", String),
    Column("sha256", String),
    Column("size_bytes", BigInteger),
    Column("filetype", String),
    Column("preview", LargeBinary),
    Column("upload_id", String),
    Column("arrived_at", String),
    Column("arrived_revision", BigInteger),
    Column("upload_metadata", Text),
)
"""Announced photos.

`upload_id` is what their upload is called, `upload_metadata` what was said at its creation;
`arrived_at` is set once the original is on disk and its hash is right, and `arrived_revision` is
the ticket's revision that tells so.
"""
screen_copy: Final = Table(
    "screen_copy",
    METADATA,
    Column("photo_id", String, primary_key=True),
    Column("sha256", String),
    Column("size_bytes", BigInteger),
    Column("upload_id", String),
    Column("upload_metadata", Text),
    Column("arrived_at", String),
)
"""Smaller pictures of photos whose originals follow later; `arrived_at` as of photos."""
upload: Final = Table(
    "upload",
    METADATA,
    Column("id", String, primary_key=True),
    Column("photo_id", String),
    Column("person_id", String),
    Column("expires_at", String),
)
"""Open uploads; how far one is, is the size of its file."""
fingerprint: Final = Table(
    "fingerprint",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("photo_id", String),
    Column("print", LargeBinary),
)
"""What is left of each photo's picture; `number` counts from 1 without a gap."""
posting: Final = Table(
    "posting",
    METADATA,
    Column("key", Integer, primary_key=True),
    Column("batch", Integer, primary_key=True),
    Column("numbers", LargeBinary),
)
"""Which fingerprints have a key, by batches of their numbers; see `vision/postings`."""
basemap: Final = Table(
    "basemap",
    METADATA,
    Column("sha256", String, primary_key=True),
    Column("kind", String),
    Column("name", Text),
    Column("attribution", Text),
    Column("media_type", String),
    *(Column(side, Float) for side in ("west", "south", "east", "north")),
    Column("min_zoom", Integer),
    Column("max_zoom", Integer),
    Column("size_bytes", BigInteger),
    Column("added_at", String),
)
"""Area maps; each one's file lies in the folder `basemaps`, named by its hash and kind."""
