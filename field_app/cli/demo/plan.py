"""What the demo town is made of: places, texts, crews and rules, read from its file."""

import json
from dataclasses import dataclass
from datetime import timedelta, timezone
from functools import cache
from typing import Any, Final

from field_app.domain.place import Place
from field_app.resources import resource

BANGKOK: Final = timezone(timedelta(hours=7))
"""The town's clock; Thailand has no summer time."""

DEMO_PASSWORD: Final = "thong-fa-2569"  # noqa: S105 - made-up people, a hub of minutes
"""Everybody's password in the demo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCrew:
    """A crew of the demo town."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """Somebody made up who signs in to the demo's hub."""

    username: str
    name: str
    role: str
    """`crew` or `supervisor`."""
    crew_id: str
    """Empty for a supervisor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRule:
    """Which crew gets new tickets of a category."""

    category: str
    area: str
    """District in which the rule holds; empty for everywhere."""
    crew: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPlace:
    """A street of the town."""

    key: str
    label: str
    """As citizens call it."""
    road: str
    subdistrict: str
    district: str
    postcode: str
    spots: tuple[tuple[float, float], ...]
    """Points on the street, degrees north and east; one at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoText:
    """What a citizen may write about one kind of problem."""

    key: str
    category: str
    title: str
    body: str
    shows: str
    """Motif of the photo that fits (see `pictures`); empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoDuty:
    """An open ticket that the signed-in crew finds on its list."""

    text: str
    place: str
    status: str
    due_day: int
    """Days after today; negative for overdue."""
    due_time: str
    """Local time of the deadline, HH:MM."""
    id: str = ""
    """The six characters after the year; empty for any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TownPlan:
    """The whole town as its file has it."""

    organization: str
    crew_position: Place
    """Where the signed-in crew's laptop is."""
    home_district: str
    """District of the signed-in crew."""
    crews: tuple[DemoCrew, ...]
    """The signed-in crew first."""
    people: tuple[DemoPerson, ...]
    """The officer of the signed-in crew first, the supervisor last."""
    deadlines_days: dict[str, int]
    rules: tuple[DemoRule, ...]
    """The first that fits wins."""
    quota: dict[str, int]
    """Tickets outside the home district, by category."""
    done_at_home: int
    """Closed tickets of the signed-in crew."""
    own_statuses: tuple[str, ...]
    """Statuses that only this agency knows."""
    shift: tuple[DemoDuty, ...]
    closings: tuple[str, ...]
    texts: dict[str, DemoText]
    places: dict[str, DemoPlace]


@cache
def town_plan() -> TownPlan:
    """Return the town's plan (source: `resources/demo/town.json`)."""
    raw: dict[str, Any] = json.loads(resource("demo", "town.json").read_text(encoding="utf-8"))
    return TownPlan(
        organization=raw["organization"],
        crew_position=Place(**raw["crew_position"]),
        home_district=raw["home_district"],
        crews=tuple(DemoCrew(**crew) for crew in raw["crews"]),
        people=tuple(DemoPerson(**person) for person in raw["people"]),
        deadlines_days=raw["deadlines_days"],
        rules=tuple(DemoRule(**rule) for rule in raw["rules"]),
        quota=raw["quota"],
        done_at_home=raw["done_at_home"],
        own_statuses=tuple(raw["own_statuses"]),
        shift=tuple(DemoDuty(**duty) for duty in raw["shift"]),
        closings=tuple(raw["closings"]),
        texts={text["key"]: DemoText(**text) for text in raw["texts"]},
        places={place["key"]: _place(place) for place in raw["places"]},
    )


def _place(raw: dict[str, Any]) -> DemoPlace:
    """Return a place as the file has it."""
    spots = tuple((float(north), float(east)) for north, east in raw["spots"])
    return DemoPlace(**{**raw, "spots": spots})


def crew_for(category: str, district: str) -> str:
    """Return the id of the crew that the rules choose, or an empty string for none."""
    for rule in town_plan().rules:
        if rule.category == category and rule.area in {"", district}:
            return rule.crew
    return ""


def rules_toml() -> str:
    """Return deadlines and rules as TOML, to stand after the plain lines of `hub.toml`."""
    plan = town_plan()
    lines = ["[deadlines_days]"]
    lines += [f"{_quoted(name)} = {days}" for name, days in plan.deadlines_days.items()]
    for rule in plan.rules:
        lines += ["", "[[rules]]", f"category = {_quoted(rule.category)}"]
        lines += [f"area = {_quoted(rule.area)}", f"crew = {_quoted(rule.crew)}"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Return a TOML basic string (JSON's escapes are a subset of TOML's)."""
    return json.dumps(text, ensure_ascii=False)
