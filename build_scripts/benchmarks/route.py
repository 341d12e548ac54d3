"""The route of a day with 60 stops, beside the nearest next and the best way that is known.

The best known way is the shortest that any of these found: the library searching for seconds, and
a search of this module's own that shares nothing with it (2-opt and Or-opt after random kicks).
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Final

from build_scripts.benchmarks.figures import Measure, ratios
from build_scripts.benchmarks.suite import Say, Wanted
from field_app.domain.ids import TicketId
from field_app.domain.place import Place
from field_app.domain.route import (
    Route,
    RouteOrder,
    Stop,
    Urgency,
    deadlines_first,
    legs_m,
    matrix_m,
    settled,
)
from field_app.maps.tour import open_way, shortest

STOPS: Final = 60
MIDDLE: Final = (13.75, 100.50)
SPREAD: Final = 0.05
"""Degrees: stops lie up to some 5 km from the middle; every second one near a few corners."""
CORNERS: Final = 5
LONG_S: Final = 3.0
FULL_S: Final = 20.0
"""Seconds that each of the two long searches has, the second with `--full`."""
MS: Final = 1_000


def measure(_folder: Path, wanted: Wanted, say: Say) -> list[Measure]:
    """Measure; see `build_scripts.benchmarks.suite`."""
    took: list[float] = []
    urgent_took: list[float] = []
    one_more: list[float] = []
    ways: list[float] = []
    near: list[float] = []
    best: list[float] = []
    for seed in range(wanted.rounds):
        say(f"town {seed + 1} of {wanted.rounds}")
        stops, start = town(seed)
        begun = perf_counter()
        route = shortest(stops, start)
        took.append(perf_counter() - begun)
        begun = perf_counter()
        deadlines_first(stops, start)
        urgent_took.append((perf_counter() - begun) * MS)
        kept = [stop.ticket_id for stop in route[1:]]
        begun = perf_counter()
        settled(kept, stops, start, RouteOrder.SHORTEST)
        one_more.append((perf_counter() - begun) * MS)
        plain = [_with_urgency(stop, Urgency.OPEN) for stop in stops]
        ways.append(length_m(route, start))
        near.append(length_m(deadlines_first(plain, start), start))
        best.append(min(ways[-1], near[-1], *_long_searches(stops, start, wanted, seed)))

    def line(
        key: str, name: str, unit: str, values: Sequence[float], goal: float | None = None
    ) -> Measure:
        return Measure(key=key, name=name, unit=unit, values=tuple(values), goal=goal)

    return [
        line("time", f"shortest way of {STOPS} stops", "s", took, 1.0),
        line("way", "  beside the best known", "×", ratios(ways, best), 1.05),
        line("near", "always the nearest next, beside it", "×", ratios(near, best)),
        line("urgent", "by deadline", "ms", urgent_took),
        line("one", "one more job put in at its best place", "ms", one_more),
    ]


def town(seed: int) -> tuple[list[Stop], Place]:
    """Return made-up stops and where the day begins."""
    random = Random(seed)  # noqa: S311 - a made-up town, no secret

    def spot(middle: tuple[float, float], spread: float) -> tuple[float, float]:
        latitude, longitude = (value + random.uniform(-spread, spread) for value in middle)
        return latitude, longitude

    corners = [spot(MIDDLE, SPREAD) for _ in range(CORNERS)]
    places = [
        spot(random.choice(corners), SPREAD / 10) if number % 2 else spot(MIDDLE, SPREAD)
        for number in range(STOPS + 1)
    ]
    start, *rest = (Place(latitude=north, longitude=east) for north, east in places)
    return [
        Stop(
            ticket_id=TicketId(f"2026-{number:04}"),
            place=place,
            urgency=random.choice(list(Urgency)),
        )
        for number, place in enumerate(rest)
    ], start


def length_m(route: Route, start: Place) -> float:
    """Return the metres of a whole way."""
    return sum(legs_m(route, start))


def _with_urgency(stop: Stop, urgency: Urgency) -> Stop:
    return Stop(ticket_id=stop.ticket_id, place=stop.place, urgency=urgency)


def _long_searches(
    stops: Sequence[Stop], start: Place, wanted: Wanted, seed: int
) -> tuple[float, float]:
    """Return the metres of the ways that two independent long searches find."""
    seconds = FULL_S if wanted.is_full else LONG_S
    matrix = matrix_m([start, *(stop.place for stop in stops)])

    def metres(way: Sequence[int]) -> float:
        return length_m(tuple(stops[at - 1] for at in way[1:]), start)

    library = open_way(matrix, has_start=True, budget_s=seconds)
    random = Random(seed)  # noqa: S311 - kicks of a search, no secret
    return metres(library), metres(kicked(matrix, seconds, random))


def kicked(matrix: list[list[int]], seconds: float, random: Random) -> list[int]:
    """Return the best open way from the first place that kicks and mending find in a time."""
    until = perf_counter() + seconds
    best = mended(matrix, list(range(len(matrix))))
    shortest_m = _length(matrix, best)
    while perf_counter() < until:
        one, two, three = sorted(random.sample(range(1, len(best) + 1), 3))
        other = best[:one] + best[two:three] + best[one:two] + best[three:]
        other = mended(matrix, other)
        if (found_m := _length(matrix, other)) < shortest_m:
            best, shortest_m = other, found_m
    return best


def mended(matrix: list[list[int]], way: list[int]) -> list[int]:
    """Return a way that neither a turned part nor a moved part of up to three stops shortens."""
    while True:
        found = _turned(matrix, way) or _shifted(matrix, way)
        if found is None:
            return way
        way = found


def _turned(matrix: list[list[int]], way: list[int]) -> list[int] | None:
    """Return the way with one part turned round, when that is shorter."""
    for first in range(1, len(way) - 1):
        before, begin = way[first - 1], way[first]
        for last in range(first + 1, len(way)):
            end = way[last]
            gain = matrix[before][begin] - matrix[before][end]
            if last + 1 < len(way):
                gain += matrix[end][way[last + 1]] - matrix[begin][way[last + 1]]
            if gain > 0:
                return way[:first] + way[first : last + 1][::-1] + way[last + 1 :]
    return None


def _shifted(matrix: list[list[int]], way: list[int]) -> list[int] | None:
    """Return the way with up to three stops moved elsewhere, when that is shorter."""
    long = _length(matrix, way)
    for size in (1, 2, 3):
        for first in range(1, len(way) - size + 1):
            part, rest = way[first : first + size], way[:first] + way[first + size :]
            for at in range(1, len(rest) + 1):
                other = rest[:at] + part + rest[at:]
                if _length(matrix, other) < long:
                    return other
    return None


def _length(matrix: list[list[int]], way: Sequence[int]) -> int:
    return sum(matrix[one][other] for one, other in pairwise(way))
