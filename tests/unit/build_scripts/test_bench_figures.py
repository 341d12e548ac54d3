"""The benchmark's table and verdicts."""

from build_scripts.benchmarks.figures import Measure, ratios, table


def measure(*values: float, goal: float | None = 1.5) -> Measure:
    return Measure(key="start", name="start to a list", unit="s", values=values, goal=goal)


def test_the_median_decides_and_one_slow_round_does_not() -> None:
    assert measure(1.0, 9.0, 1.2).verdict == "met"
    assert measure(1.0, 1.6, 1.7).verdict == "MISSED"


def test_a_figure_without_goal_has_no_verdict() -> None:
    assert measure(1.0, goal=None).verdict == "-"


def test_what_could_not_be_measured_is_not_called_good() -> None:
    empty = measure()
    assert empty.verdict == "not measured"
    assert empty.as_json()["median"] is None
    assert "not measured" in table([empty])


def test_a_ratio_compares_values_of_the_same_round() -> None:
    assert ratios((3.0, 4.0), (1.0, 4.0)) == (3.0, 1.0)


def test_the_table_shows_median_smallest_largest_goal_and_verdict() -> None:
    line = table([measure(1.0, 2.0, 1.25)]).splitlines()[1]
    assert line.split() == [
        *("start", "to", "a", "list", "1.250", "s", "1.000", "s", "2.000", "s"),
        *("≤", "1.5", "s", "met"),
    ]


def test_what_is_counted_has_no_unit() -> None:
    counted = Measure(key="requests", name="requests", unit="", values=(1, 1, 2), goal=1)
    assert table([counted]).splitlines()[1].split() == ["requests", "1", "1", "2", "≤", "1", "met"]
