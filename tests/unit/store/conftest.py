"""A database of its own for every test of the store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from field_app.store.database import Database, open_database


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """Return an empty database."""
    database = open_database(tmp_path / "field.db")
    yield database
    database.close()
