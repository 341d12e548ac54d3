"""A crew's day, told by itself through the real windows: offline work, restart, upload, review."""

from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt

from field_app.actions.position import keep_position
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import Ticket, TicketState
from field_app.photos.plugged import Plugged
from field_app.queries.outbox import OutboxView, outbox
from field_app.queries.tickets import Scope, TicketFilter, list_tickets, ticket_detail
from field_app.sync.status import Reach
from field_app.ui.demo.director import DayStuck, Director, drop_file, press
from field_app.ui.demo.play import DayFacts, Play
from field_app.ui.resolve.screen import WorkScreen
from field_app.ui.review.screen import ReviewScreen
from field_app.ui.start import Opened, open_window
from field_app.ui.tickets.screen import TicketsScreen
from field_app.ui.tray.door import TRAY
from field_app.ui.tray.screen import TrayScreen
from field_app.ui.workplace import Workplace

WORDS: Final = "ปะหลุมด้วยยางมะตอยผสมร้อน บดอัดแล้ว เปิดใช้ถนนได้ตามปกติ ขอบคุณที่แจ้ง"
"""What the crew tells the citizen; made up."""
UPLOAD_PATIENCE_S: Final = 40.0
PICTURE_SIZE: Final = (1366, 768)
"""Pixels of a crew's laptop."""
SEEN_BYTES: Final = 100_000
"""Bytes of a photo that are under way before the picture of sending is taken."""


class Day:
    """Tells one day; every step is a picture in both languages."""

    def __init__(self, play: Play, director: Director) -> None:
        """Play with this, before this director."""
        self._play = play
        self._director = director
        self._facts = DayFacts()
        self._is_plugged = False

    def tell(self) -> DayFacts:
        """Tell the whole day.

        Raises:
            DayStuck: A step did not happen.
            FieldAppError: A laptop cannot be opened.
        """
        self._morning()
        self._back_from_the_field()
        self._review()
        self._evening()
        return self._facts

    def _morning(self) -> None:
        """Sign in, receive the jobs, lose the network, do the work."""
        crew = self._open(self._play.crew)
        self._director.picture(crew, "sign-in")
        self._sign_in(crew, self._play.crew)
        self._look_at_today(crew)
        self._work_offline(crew)
        self._look_at(crew, "outbox", "outbox-offline")
        self._look_at(crew, "day_end", "only-here")
        crew.close()

    def _look_at_today(self, crew: Opened) -> None:
        screen = self._today(crew)
        wait = self._director.wait_for
        wait("the first sync", lambda: screen.pane.list.model().rowCount() > 0)
        wait("the whole list", lambda: self._count(crew, Scope.ALL) > 0 and self._is_online(crew))
        wait("the map", lambda: screen.map.map is not None and screen.map.map.is_ready)
        self._facts.tickets_synced = self._count(crew, Scope.ALL)
        self._facts.tickets_today = self._count(crew, Scope.TODAY)
        wait("thumbnails", lambda: self._has_citizen_picture(crew), UPLOAD_PATIENCE_S)
        screen.pane.list.choose(self._play.ticket_id)
        wait("the ticket", lambda: self._shows(screen))
        self._director.settle(800)
        self._director.picture(crew, "today")

    def _work_offline(self, crew: Opened) -> None:
        wait, play = self._director.wait_for, self._play
        press(self._today(crew).pane.list, Qt.Key.Key_Return)
        work = self._work(crew)
        wait("the work screen", lambda: work.title() != "")
        self._director.picture(crew, "open-ticket")
        play.switch("none")
        crew.office.app.sync_now()
        wait("the pill says offline", lambda: not self._is_online(crew))
        self._director.picture(crew, "network-gone")
        work.view.finish.primary.click()
        wait("the work began", lambda: self._state(crew) is TicketState.IN_PROGRESS)
        self._director.picture(crew, "started")
        self._look_at_phone(crew)
        for role, path in ((PhotoRole.BEFORE, play.before), (PhotoRole.AFTER, play.after)):
            drop_file(work.view.evidence.slots[role], path)
            wait(f"the {role} photo", partial(self._has, crew, role))
        self._director.picture(crew, "photos-added")
        work.view.evidence.note.edit.setPlainText(WORDS)
        self._director.settle()
        work.view.finish.primary.click()
        wait("handed in", lambda: self._state(crew) is TicketState.IN_REVIEW)
        self._director.picture(crew, "finished-offline")

    def _look_at_phone(self, crew: Opened) -> None:
        """Plug the phone in, look at its new photos, and pull it out again."""
        wait, workplace = self._director.wait_for, self._workplace(crew)
        tray = workplace.screen_of(TRAY)
        if not isinstance(tray, TrayScreen) or workplace.tray.watch is None:
            raise DayStuck("the tray is not there")
        self._is_plugged = True
        wait("the phone is noticed", lambda: workplace.tray.notice.words)
        self._director.picture(crew, "phone-plugged")
        workplace.go_to(TRAY)
        wait("the new photos", lambda: len(tray.view.list.photos.lines) > tray.reading.count)
        self._director.picture(crew, "new-photos")
        workplace.go_back()
        self._is_plugged = False
        wait("the phone is gone", lambda: not tray.reading.sources)

    def _find_plugged(self) -> tuple[Plugged, ...]:
        """Find the phone while it is plugged in."""
        return self._play.find_plugged() if self._is_plugged else ()

    def _back_from_the_field(self) -> None:
        """Restart while offline, then let the network come back, slowly at first."""
        crew = self._open(self._play.crew)
        if self._state(crew) is not TicketState.IN_REVIEW:
            raise DayStuck("the work was not there after the restart")
        screen = self._today(crew)
        self._director.wait_for("the list", lambda: screen.pane.list.model().rowCount() > 0)
        self._director.wait_for("the map", lambda: screen.map.map and screen.map.map.is_ready)
        self._director.picture(crew, "restarted-offline")
        view = self._outbox(crew)
        self._facts.operations_made = [(i.operation_id, i.type) for i in view.items]
        self._facts.bytes_waiting = view.total_bytes
        detail = crew.app.see(ticket_detail, self._play.ticket_id)
        self._facts.photos = {c.photo.id: c.original for c in detail.photos if c.original}
        self._play.switch("slow")
        crew.office.app.sync_now()
        self._workplace(crew).go_to("outbox")
        self._director.wait_for("sending", lambda: self._is_sending(crew), UPLOAD_PATIENCE_S)
        self._director.picture(crew, "sending")
        self._play.switch("good")
        self._director.wait_for(
            "everything at the hub", lambda: not self._outbox(crew).items, UPLOAD_PATIENCE_S
        )
        self._look_at(crew, "outbox", "delivered")
        self._look_at(crew, "day_end", "day-end")
        crew.close()

    def _review(self) -> None:
        """Let the supervisor look at both pictures and approve."""
        boss = self._open(self._play.supervisor)
        self._sign_in(boss, self._play.supervisor)
        screen = self._workplace(boss).screen_of("review")
        if not isinstance(screen, ReviewScreen):
            raise DayStuck("the review screen is not there")
        wait = self._director.wait_for
        wait("the review list", lambda: self._awaits(boss), UPLOAD_PATIENCE_S)
        self._workplace(boss).go_to("review", self._play.ticket_id)
        wait("both pictures", lambda: self._has_both(boss), UPLOAD_PATIENCE_S)
        self._director.settle(800)
        self._director.picture(boss, "review")
        screen.view.decision.approve.click()
        wait("approved", lambda: self._state(boss) is TicketState.FINISHED)
        made = self._outbox(boss).items
        self._facts.operations_made += [(item.operation_id, item.type) for item in made]
        self._director.picture(boss, "approved")
        wait("the hub knows", lambda: not self._outbox(boss).items, UPLOAD_PATIENCE_S)
        self._facts.supervisor_ticket = boss.app.see(ticket_detail, self._play.ticket_id).ticket
        boss.close()

    def _evening(self) -> None:
        """Let the crew see what became of its work."""
        crew = self._open(self._play.crew)
        crew.office.app.sync_now()
        self._director.wait_for(
            "the approval came down",
            lambda: self._state(crew) is TicketState.FINISHED and self._is_online(crew),
            UPLOAD_PATIENCE_S,
        )
        rows = crew.app.see(list_tickets, TicketFilter(scope=Scope.ALL)).rows
        self._facts.crew_tickets = {
            row.id: crew.app.see(ticket_detail, row.id).ticket for row in rows
        }
        screen = self._today(crew)
        self._director.wait_for("the map", lambda: screen.map.map and screen.map.map.is_ready)
        self._director.settle(500)
        self._director.picture(crew, "evening")
        crew.close()

    def _open(self, username: str) -> Opened:
        """Start the program as a person would."""
        play = self._play
        opened = open_window(
            play.open_app(username),
            play.data_dir(username),
            play.clock,
            tiles=play.tiles,
            find_plugged=self._find_plugged,
        )
        opened.window.show()
        opened.window.resize(*PICTURE_SIZE)
        self._director.settle()
        return opened

    def _sign_in(self, opened: Opened, username: str) -> None:
        """Fill the sign-in screen and go."""
        screen = opened.window.sign_in
        if screen is None:
            raise DayStuck("nobody asks to sign in")
        screen.hub.input.setText(self._play.hub_url)
        screen.name.input.setText(username)
        screen.password.input.setText(self._play.password)
        screen.go.click()
        self._director.wait_for("signed in", lambda: opened.app.person is not None)
        self._director.wait_for("the workplace", lambda: opened.window.workplace is not None)
        opened.office.do(keep_position, self._play.position)

    def _look_at(self, opened: Opened, key: str, step: str) -> None:
        self._workplace(opened).go_to(key)
        self._director.settle()
        self._director.picture(opened, step)

    def _workplace(self, opened: Opened) -> Workplace:
        workplace = opened.window.workplace
        if workplace is None:
            raise DayStuck("nobody is signed in")
        return workplace

    def _today(self, opened: Opened) -> TicketsScreen:
        screen = self._workplace(opened).screen_of("today")
        if not isinstance(screen, TicketsScreen):
            raise DayStuck("the Today screen is not there")
        return screen

    def _work(self, opened: Opened) -> WorkScreen:
        screen = self._workplace(opened).screen_of("work")
        if not isinstance(screen, WorkScreen):
            raise DayStuck("the work screen is not there")
        return screen

    def _shows(self, screen: TicketsScreen) -> bool:
        detail = screen.detail.detail
        return detail is not None and detail.ticket.id == self._play.ticket_id

    def _state(self, opened: Opened) -> TicketState:
        state: TicketState = opened.app.see(ticket_detail, self._play.ticket_id).ticket.state
        return state

    def _has(self, opened: Opened, role: PhotoRole) -> bool:
        ticket: Ticket = opened.app.see(ticket_detail, self._play.ticket_id).ticket
        return bool(ticket.photos_of(role)) and opened.office.background.is_idle

    def _has_citizen_picture(self, opened: Opened) -> bool:
        cards = opened.app.see(ticket_detail, self._play.ticket_id).photos
        return any(c.photo.role is PhotoRole.CITIZEN and c.screen for c in cards)

    def _has_both(self, opened: Opened) -> bool:
        cards: Any = opened.app.see(ticket_detail, self._play.ticket_id).photos
        wanted = {PhotoRole.BEFORE, PhotoRole.AFTER}
        return wanted <= {c.photo.role for c in cards if c.screen}

    def _awaits(self, opened: Opened) -> bool:
        rows = opened.app.see(list_tickets, TicketFilter(scope=Scope.ALL)).rows
        mine = [row for row in rows if row.id == self._play.ticket_id]
        return bool(mine) and mine[0].state is TicketState.IN_REVIEW

    def _count(self, opened: Opened, scope: Scope) -> int:
        return len(opened.app.see(list_tickets, TicketFilter(scope=scope)).rows)

    def _is_online(self, opened: Opened) -> bool:
        return opened.app.status().reach is Reach.ONLINE

    def _outbox(self, opened: Opened) -> OutboxView:
        view: OutboxView = opened.app.see(outbox)
        return view

    def _is_sending(self, opened: Opened) -> bool:
        return sum(opened.app.status().uploads.values()) > SEEN_BYTES
