"""The work list of a day: what the route says, as a page of A4 with a code for each job.

The code is a `geo:` address of the place (RFC 5870), which phones open in their navigation without
asking anybody: whoever finds the paper learns no more from the code than from the words beside it.
A job without a place has its number in the code.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

import segno

from field_app.domain.people import Person
from field_app.queries.route import DayRoute, RouteRow
from field_app.queries.tickets import TicketRow
from field_app.texts import _, language, ngettext
from field_app.texts.dates import date_and_time, full_date_and_time, lateness, weekday_date
from field_app.texts.numbers import distance
from field_app.ui.route.route_model import leg_words

QUIET: Final = 2
"""Modules of white round a code; the paper round it is white, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkList:
    """What is printed."""

    route: DayRoute
    person: Person | None
    crew: str
    """The crew's name; empty when it is not known."""
    now: datetime


def geo_uri(latitude: float, longitude: float) -> str:
    """Return the address of a place as RFC 5870 has it, exact to a hand's breadth."""
    return f"geo:{latitude:.6f},{longitude:.6f}"


def code_words(row: TicketRow) -> str:
    """Return what the code of a job says: the address of its place, or its number."""
    if row.latitude is None or row.longitude is None:
        return row.id
    return geo_uri(row.latitude, row.longitude)


def work_list_html(work: WorkList) -> str:
    """Return the whole page in the language in use, with nothing that must be fetched elsewhere."""
    route = work.route
    rows = [_stop_html(stop, work.now) for stop in route.rows]
    others = [_row_html("–", row, "", work.now) for row in route.unplaced]
    body = [_head_html(work)]
    if rows:
        body.append(_table_html(rows))
    if others:
        body.append(f"<h2>{escape(_('Without a place, not in the route'))}</h2>")
        body.append(_table_html(others))
    body.append(_signatures_html())
    foot = f"{_('Work list')} · {full_date_and_time(work.now)}".replace('"', "")
    return (
        f'<!doctype html><html lang="{language()}"><head><meta charset="utf-8">'
        f"<title>{escape(_('Work list'))}</title>"
        '<link rel="stylesheet" href="app://assets/print/work-list.css">'
        f'<style>:root {{ --foot: "{escape(foot, quote=False)}"; }}</style></head>'
        f"<body>{''.join(body)}</body></html>"
    )


def _head_html(work: WorkList) -> str:
    route = work.route
    count = len(route.rows)
    facts = [weekday_date(work.now)]
    facts += [work.crew] if work.crew else []
    facts += [work.person.name] if work.person is not None else []
    facts.append(ngettext("{count} stop", "{count} stops", count).format(count=count))
    if route.length_m:
        way = _("straight {distance}").format(distance=distance(route.length_m))
        facts.append(way)
    hint = _("The code opens the place in a phone's navigation.")
    return (
        f"<h1>{escape(_('Work list'))}</h1>"
        f'<p class="facts">{escape(" · ".join(facts))}<br>'
        f'<span class="small">{escape(hint)}</span></p>'
    )


def _table_html(rows: Iterable[str]) -> str:
    names = (_("No."), _("Code"), _("Job"), _("Done"))
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _stop_html(stop: RouteRow, now: datetime) -> str:
    return _row_html(str(stop.number), stop.row, leg_words(stop), now)


def _row_html(number: str, row: TicketRow, leg: str, now: datetime) -> str:
    """Return one job: number, code, words, and room to write on."""
    facts = [row.id, row.category]
    if leg:
        facts.append(_("{distance} from the stop before").format(distance=leg))
    said = " · ".join(fact for fact in facts if fact)
    place = row.place_line or _("No address")
    return (
        f'<tr><td class="number">{escape(number)}</td>'
        f'<td class="code">{_code_svg(code_words(row))}</td>'
        f'<td><div class="title">{escape(row.title)}</div>'
        f"<div>{escape(place)}</div>"
        f'<div class="small">{escape(said)}</div>{_due_html(row, now)}</td>'
        f'<td class="done">{_room_html()}</td></tr>'
    )


def _due_html(row: TicketRow, now: datetime) -> str:
    if row.due_at is None:
        return ""
    words = _("Due {when}").format(when=date_and_time(row.due_at, now))
    if row.is_overdue:
        return f'<div class="small late">{escape(f"{words} · {lateness(row.due_at, now)}")}</div>'
    return f'<div class="small">{escape(words)}</div>'


def _room_html() -> str:
    """Return room for what is written by hand."""
    line = '<span class="line"></span>'
    return (
        f'<p><span class="box"></span>{escape(_("Finished at"))}{line}</p>'
        f"<p>{escape(_('Note'))}{line}</p><p>{escape(_('Signed'))}{line}</p>"
    )


def _signatures_html() -> str:
    names: Sequence[str] = (_("For the crew"), _("For the supervisor"))
    line = escape(_("Name and date"))
    return '<div class="signatures">' + "".join(
        f'<div><div class="rule"></div>{escape(name)}<br><span class="small">{line}</span></div>'
        for name in names
    ) + "</div>"  # fmt: skip


def _code_svg(words: str) -> str:
    """Return a code as SVG in its white; a quarter of it may be dirt, as paper in a truck is."""
    code = segno.make(words, error="q", micro=False)
    svg: str = code.svg_inline(border=QUIET, omitsize=True, svgclass=None, lineclass=None)
    return svg
