"""Numbers read the same in both languages; only their units change."""

import pytest

from field_app.texts import set_language
from field_app.texts.numbers import count, distance, file_size


@pytest.mark.parametrize(
    ("metres", "thai", "english"),
    [
        (0, "0 ม.", "0 m"),
        (346.2, "350 ม.", "350 m"),
        (994, "990 ม.", "990 m"),
        (996, "1.0 กม.", "1.0 km"),
        (1432, "1.4 กม.", "1.4 km"),
        (1_234_567, "1,234.6 กม.", "1,234.6 km"),
    ],
)
def test_distances_are_as_exact_as_they_are_useful(metres: float, thai: str, english: str) -> None:
    assert distance(metres) == english
    set_language("th")
    assert distance(metres) == thai


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (12_400_000, "12.4 MB"),
        (999_960, "1.0 MB"),
        (3 * 10**15, "3,000.0 TB"),
    ],
)
def test_file_sizes_count_in_thousands(size_bytes: int, text: str) -> None:
    assert file_size(size_bytes) == text


def test_counts_have_thousands_separators() -> None:
    assert count(1204) == "1,204"
