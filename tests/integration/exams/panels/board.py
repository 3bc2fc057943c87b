"""A panel for tests: the interview of an examination under the plain office's rulebook, with raters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import actor_of, get_account
from app.accounts.roles import Role
from app.exams import merit, rulebooks
from app.exams.assignments import services as assignments
from app.exams.assignments.models import ScriptAssignment
from app.exams.examinations.models import Candidate, Examination
from app.exams.marking import services as marking
from app.exams.panels import services as panels
from app.exams.panels.models import Panel, PanelMember
from app.exams.panels.queries import get_panel
from app.exams.panels.rules import read_scale
from app.exams.recusals import services as recusals
from app.exams.scripts.models import Script
from app.platform.actors import Actor
from app.recruitment.applications.models import Application
from tests.factories.accounts import make_account, make_agency
from tests.factories.exams import make_candidate, make_examination
from tests.factories.recruitment import make_posting

AT = dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC)
HELD_ON = dt.date(2026, 11, 16)
DECLARED = {"surnames": "Rater", "address": "1 Far Road", "postcode": "10001", "employers": ""}


@dataclass
class Board:
    """A panel with everybody around it."""

    session: Session
    exam: Examination
    officer: Account
    hr_officer: Account
    raters: list[Account] = field(default_factory=list)
    panel_id: str = ""

    def actor_for(self, account: Account) -> Actor:
        """Give who acts with an account, as the roles are now."""
        return actor_of(get_account(self.session, account.id))

    @property
    def actor(self) -> Actor:
        """Give the exam officer."""
        return self.actor_for(self.officer)

    def rater(self, place: int) -> Actor:
        """Give a rater."""
        return self.actor_for(self.raters[place])

    @property
    def panel(self) -> Panel:
        """Give the panel as it stands."""
        self.session.flush()
        self.session.expire_all()
        return get_panel(self.session, self.panel_id, self.actor)

    def scripts(self) -> list[Script]:
        """Give the scripts by candidate number."""
        query = (
            select(Script)
            .join(Candidate, Candidate.id == Script.candidate_id)
            .where(Script.panel_id == self.panel_id)
            .order_by(Candidate.number)
        )
        self.session.flush()
        self.session.expire_all()
        return list(self.session.scalars(query))

    def assignments(self, script: Script) -> list[tuple[ScriptAssignment, Actor]]:
        """Give who rates a script, with the actors."""
        rows = self.session.execute(
            select(ScriptAssignment, PanelMember.account_id)
            .join(PanelMember, PanelMember.id == ScriptAssignment.member_id)
            .where(ScriptAssignment.script_id == script.id)
            .order_by(ScriptAssignment.turn, ScriptAssignment.id)
        ).all()
        by_id = {account.id: account for account in self.raters}
        return [(assignment, self.actor_for(by_id[account_id])) for assignment, account_id in rows]

    def submit(self, assignment: ScriptAssignment, actor: Actor, *marks: int, note: str = "Said so.") -> None:
        """Submit marks in the order of the criteria."""
        criteria = self.panel.criteria
        sheet = {own.id: (units, note) for own, units in zip(criteria, marks, strict=True)}
        marking.submit_marks(self.session, assignment_id=assignment.id, sheet=sheet, actor=actor, at=AT)


def make_board(
    session: Session,
    *,
    people: int = 3,
    raters: int = 3,
    component: str = "interview",
    form: str = "scripts",
    snapshots: Mapping[int, dict[str, Any]] | None = None,
    declares: bool = True,
    opens: bool = True,
) -> Board:
    """Make an examination with candidates and a panel of two criteria of 10 marks each."""
    agency = make_agency(session)
    officer = make_account(session, name="Olga Officer", roles=[(Role.EXAM_OFFICER, agency.id)])
    hr_officer = make_account(session, name="Hugo Officer", roles=[(Role.HR_OFFICER, agency.id)])
    book = next(own for own in merit.rulebook.shipped() if own.name == "plain-office")
    text = rulebooks.freeze(book.name, HELD_ON).text
    exam = make_examination(
        session,
        posting=make_posting(session, agency_id=agency.id),
        items=(),
        rulebook=book.name,
        rulebook_version=book.version,
        rulebook_digest=book.digest,
        rulebook_text=text,
        options=[],
    )
    for place in range(1, people + 1):
        candidate = make_candidate(session, exam, number=f"C-{place:03}")
        if snapshots and place in snapshots:
            own = session.get_one(Application, candidate.application_id)
            own.snapshot = snapshots[place]
    board = Board(session, exam, officer, hr_officer)
    for place in range(raters):
        board.raters.append(make_account(session, name=f"Rita Rater{place}", roles=[(Role.RATER, agency.id)]))
    values = {"component": component, "form": form, "denominator": 1, "seed": "seven", "instructions": ""}
    board.panel_id = panels.create_panel(
        session, examination_id=exam.id, values=values, actor=board.actor, at=AT
    ).id
    for title in ("Content", "Language"):
        scale = read_scale(title, "", "10", "5: Half of it\n10: All of it", 1)
        panels.save_criterion(
            session, panel_id=board.panel_id, criterion_id="", scale=scale, actor=board.actor, at=AT
        )
    for account in board.raters:
        panels.add_member(session, panel_id=board.panel_id, email=account.email, actor=board.actor, at=AT)
        if declares:
            recusals.declare(
                session, panel_id=board.panel_id, values=DECLARED, actor=board.actor_for(account), at=AT
            )
    if opens:
        assignments.open_panel(session, panel_id=board.panel_id, actor=board.actor, at=AT)
    return board
