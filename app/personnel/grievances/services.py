"""What the grievant does: file, add papers, name a representative, accept, go on, withdraw."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session

from app.accounts.holidays.queries import load_days
from app.accounts.queries import find_account_by_email
from app.personnel.employees.models import Employee
from app.personnel.employees.queries import find_own_employee
from app.personnel.employees.states import EmployeeState
from app.personnel.grievances import chain, letters, queries, rules
from app.personnel.grievances.deciding import list_line
from app.personnel.grievances.models import Grievance, GrievanceFile, GrievanceHearing
from app.personnel.grievances.states import Ending, GrievanceState, Matter, Side, move
from app.platform import clock, sequences
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id

MOST_FILES = 20


class KeptFile(Protocol):
    """A file in the store, as a form keeps it."""

    @property
    def filename(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def digest(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Filing:
    """What somebody files; `about` is "", "supervisor", "next_supervisor" or "other" with an address."""

    matter: Matter
    statement: str
    remedy_sought: str
    provisions: str
    happened_on: dt.date
    late_reason: str = ""
    about: str = ""
    about_email: str = ""
    representative_name: str = ""
    representative_contact: str = ""


def file_grievance(
    session: Session, *, filing: Filing, file: KeptFile | None, actor: Actor, at: dt.datetime
) -> Grievance:
    """File a grievance for oneself: the first step of the procedure opens, and a letter confirms it."""
    employee = find_own_employee(session, actor.id)
    if employee is None or employee.state is not EmployeeState.ACTIVE:
        raise Conflict("Only who is in service may file a grievance here.")
    for field in ("statement", "remedy_sought"):
        if not getattr(filing, field).strip():
            raise Invalid(**{field: "Enter what you want to say"})
    procedure = queries.procedure_of(session, employee.agency_id)
    today = clock.local_date(at, employee.agency.time_zone)
    holidays = load_days(session, employee.agency_id, since=filing.happened_on)
    is_late = rules.check_filing(
        procedure,
        happened_on=filing.happened_on,
        today=today,
        hired_on=employee.hired_on,
        late_reason=filing.late_reason,
        holidays=holidays,
    )
    grievance = _new(session, employee, filing, procedure.name, today, at)
    grievance.late_reason = filing.late_reason.strip() if is_late else ""
    session.add(grievance)
    session.flush()
    chain.open_step(session, grievance, 1, appeal="", at=at)
    if file is not None:
        _attach(grievance, file, Side.GRIEVANT, actor, at)
    session.flush()
    chain.record(session, "create", grievance, actor, at, procedure=procedure.name, late=is_late)
    letters.acknowledge(session, grievance, procedure, actor, at)
    return grievance


def _new(
    session: Session, employee: Employee, filing: Filing, procedure: str, today: dt.date, at: dt.datetime
) -> Grievance:
    number = sequences.next_number(session, f"grievance:{today.year}")
    return Grievance(
        id=new_id("grv"),
        number=f"G-{today.year}-{number:04d}",
        employee=employee,
        agency=employee.agency,
        procedure=procedure,
        matter=filing.matter,
        statement=filing.statement.strip(),
        remedy_sought=filing.remedy_sought.strip(),
        provisions=filing.provisions.strip(),
        happened_on=filing.happened_on,
        about_id=_about(session, employee, filing),
        representative_name=filing.representative_name.strip(),
        representative_contact=filing.representative_contact.strip(),
        state=GrievanceState.AT_STEP,
        level=1,
        filed_at=at,
        filed_on=today,
        ending_note="",
        steps=[],
        agreements=[],
        remedies=[],
        files=[],
    )


def _about(session: Session, employee: Employee, filing: Filing) -> str | None:
    """Find the account of who the complaint is about."""
    if filing.about in ("supervisor", "next_supervisor"):
        line, place = list_line(session, employee.id), int(filing.about == "next_supervisor")
        return line[place] if place < len(line) else None
    if filing.about != "other":
        return None
    account = find_account_by_email(session, filing.about_email)
    serves = find_own_employee(session, account.id) if account else None
    if account is None or serves is None or serves.agency_id != employee.agency_id:
        raise Invalid(about_email="Nobody in your agency has this email address")
    if account.id == employee.account_id:
        raise Invalid(about_email="This is your own email address")
    return account.id


def set_representative(
    session: Session, *, grievance_id: str, name: str, contact: str, actor: Actor, at: dt.datetime
) -> None:
    """Name a representative, another one, or none any more."""
    grievance = queries.get_own(session, grievance_id, actor, lock=True)
    _demand_disputed(grievance)
    grievance.representative_name, grievance.representative_contact = name.strip(), contact.strip()
    session.flush()
    chain.record(session, "represent", grievance, actor, at)
    line = (f"The representative is now: {name.strip() or 'nobody'}.",)
    key = f"{grievance.id}:represented:{at.isoformat()}"
    letters.tell_office(session, grievance, key, "Representative of a grievant", line, at)


def add_file(
    session: Session, *, grievance_id: str, file: KeptFile | None, actor: Actor, at: dt.datetime
) -> str:
    """Add a paper to a grievance, from the side on which the actor stands, and give its id."""
    if file is None:
        raise Invalid(file="Choose a file")
    grievance = queries.get_either(session, grievance_id, actor)
    _demand_disputed(grievance)
    if len(grievance.files) >= MOST_FILES:
        raise Conflict(f"A grievance holds {MOST_FILES} papers at most.")
    side = side_of(grievance, actor)
    row = _attach(grievance, file, side, actor, at)
    session.flush()
    chain.record(session, "add_file", grievance, actor, at, file=row.id, side=side.value)
    return row.id


def side_of(grievance: Grievance, actor: Actor) -> Side:
    """Tell on which side the actor stands."""
    return Side.GRIEVANT if grievance.employee.account_id == actor.id else Side.OFFICE


def _attach(grievance: Grievance, file: KeptFile, side: Side, actor: Actor, at: dt.datetime) -> GrievanceFile:
    row = GrievanceFile(
        id=new_id("grf"),
        side=side,
        filename=file.filename,
        media_type=file.media_type,
        size=file.size,
        digest=file.digest,
        added_by=str(actor.id),
        added_at=at,
    )
    grievance.files.append(row)
    return row


def accept(session: Session, *, grievance_id: str, actor: Actor, at: dt.datetime) -> None:
    """Accept the answer; what it promised is tracked until it is done."""
    grievance = queries.get_own(session, grievance_id, actor, lock=True)
    _demand_answered(grievance)
    chain.end(
        session, grievance, Ending.ACCEPTED, note="", promised=chain.promised_by(grievance.current), at=at
    )
    chain.record(session, "accept", grievance, actor, at, level=grievance.level)
    line = ("The grievant accepts the answer.",)
    letters.tell_office(session, grievance, f"{grievance.id}:accepted", "Answer accepted", line, at)


def go_on(session: Session, *, grievance_id: str, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Take a grievance to the next step, or after the last one outside, while there is time."""
    grievance = queries.get_own(session, grievance_id, actor, lock=True)
    _demand_answered(grievance)
    procedure = chain.procedure_of(grievance)
    rules.demand_in_time(grievance.appeal_due_on, chain.today_of(grievance, at), procedure)
    if not reason.strip():
        raise Invalid(reason="Enter why you do not accept the answer")
    if not procedure.is_last(grievance.level):
        chain.open_step(session, grievance, grievance.level + 1, appeal=reason.strip(), at=at)
    else:
        grievance.state = move(grievance.state, GrievanceState.OUTSIDE)
        grievance.appeal_due_on = None
        grievance.hearing = GrievanceHearing(
            asked_at=at, reason=reason.strip(), arbitrator="", place="", award=""
        )
        session.flush()
        line = (f"{procedure.outside} is asked for. Agree on who hears it and record the date.",)
        key = f"{grievance.id}:outside"
        letters.tell_officers(session, grievance, key, f"{grievance.number} goes outside", line, at)
    chain.record(session, "go_on", grievance, actor, at, level=grievance.level, to=grievance.state.value)


def withdraw(session: Session, *, grievance_id: str, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Withdraw a grievance; it stays on file as withdrawn, and cannot be taken up again."""
    grievance = queries.get_own(session, grievance_id, actor, lock=True)
    _demand_disputed(grievance)
    chain.end(session, grievance, Ending.WITHDRAWN, note=reason.strip(), promised=(), at=at)
    chain.record(session, "withdraw", grievance, actor, at)
    line = ("The grievant withdrew it. Nothing is left to do.",)
    key = f"{grievance.id}:withdrawn"
    letters.tell_office(session, grievance, key, f"{grievance.number} is withdrawn", line, at)


def _demand_disputed(grievance: Grievance) -> None:
    if not grievance.state.is_disputed:
        raise Conflict("This grievance is over, so it cannot be changed.")


def _demand_answered(grievance: Grievance) -> None:
    if grievance.state is not GrievanceState.ANSWERED:
        raise Conflict(f"This is not possible now. It stands at: {grievance.state.title.lower()}.")
