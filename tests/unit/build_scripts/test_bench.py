"""The benchmark's command line and suites."""

from importlib import import_module
from pathlib import Path

import pytest

from build_scripts import bench
from build_scripts.benchmarks.figures import Measure
from build_scripts.benchmarks.suite import Wanted

WANTED = Wanted(rounds=3, tickets=100, is_full=False)


@pytest.mark.parametrize("name", bench.SUITES)
def test_every_suite_can_be_asked_to_measure(name: str) -> None:
    assert callable(import_module(f"build_scripts.benchmarks.{name}").measure)


def test_what_is_run_every_day_is_a_suite() -> None:
    assert set(bench.DAILY) <= set(bench.SUITES)


def test_the_json_has_every_value_of_every_suite() -> None:
    line = Measure(key="first", name="first sync", unit="s", values=(1.0, 3.0, 2.0), goal=2.5)
    facts = bench.facts_of({"tickets": [line]}, WANTED)
    assert (facts["rounds"], facts["tickets"]) == (3, 100)
    [told] = facts["suites"]["tickets"]
    assert (told["values"], told["median"], told["verdict"]) == ([1.0, 3.0, 2.0], 2.0, "met")


def test_an_unknown_suite_is_told_and_nothing_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "bench.json"
    monkeypatch.setattr("sys.argv", ["bench", "tickets", "speed", "--out", str(out)])
    with pytest.raises(SystemExit):
        bench.main()
    assert "no suite: speed" in capsys.readouterr().err
    assert not out.exists()
