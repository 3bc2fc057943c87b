"""The tables hold what the law says once, whoever writes to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.personnel.accruals.models import LeaveRegime
from app.personnel.appointments.states import AppointmentKind
from app.personnel.benefit_plans.models import BenefitRegime
from app.personnel.contacts.models import EmployeeContact
from app.personnel.contacts.rules import Contacts
from app.personnel.dependants.states import Relation
from app.personnel.discipline.states import Action, CaseState
from app.personnel.employees.states import EmployeeState
from app.personnel.positions.states import PositionState
from app.personnel.separations.models import SeparationRegime
from app.platform import constraints
from app.platform.db import Base
from app.platform.errors import Invalid
from tests.factories.accounts import make_account, make_agency
from tests.factories.benefits import make_dependant
from tests.factories.leave import SET_AT, make_regime
from tests.factories.personnel import make_appointment, make_case, make_charge, make_employee, make_position

Write = Callable[[Session], object]


def two_live_appointments_of_a_position(session: Session) -> None:
    first = make_appointment(session)
    make_appointment(session, position=first.position, employee=make_employee(session))


def two_live_appointments_of_a_person(session: Session) -> None:
    first = make_appointment(session)
    first.position.incumbent_id = None
    make_appointment(session, employee=first.employee)


def one_incumbent_in_two_positions(session: Session) -> None:
    employee = make_employee(session)
    make_position(session, incumbent_id=employee.id)
    make_position(session, incumbent_id=employee.id)


def one_person_proposes_and_decides(session: Session) -> None:
    person = make_account(session).id
    make_case(session, proposed_by=person, deciding_official_id=person)


def one_person_opens_and_decides(session: Session) -> None:
    person = make_account(session).id
    make_case(session, opened_by=person, deciding_official_id=person)


def two_live_spouses(session: Session) -> None:
    employee = make_employee(session)
    for name in ("Ada", "Another"):
        make_dependant(session, employee=employee, name=name, relation=Relation.SPOUSE)


def two_first_contacts(session: Session) -> None:
    employee = make_employee(session)
    rows = [{"employee_id": employee.id, "changed_at": SET_AT} | asdict(Contacts())] * 2
    session.execute(insert(EmployeeContact), rows)


def two_first_rules_of_leave(session: Session) -> None:
    row = make_regime(session, make_agency(session))
    names = ("agency_id", "name", "ceiling", "first_period_on", "kept_from", "set_by", "set_at")
    session.execute(insert(LeaveRegime), [{name: getattr(row, name) for name in names}])


def two_first_rules(table: type[BenefitRegime | SeparationRegime]) -> Write:
    def write(session: Session) -> None:
        by, agency = make_account(session), make_agency(session)
        row = {"agency_id": agency.id, "name": "new-york", "set_by": by.id, "set_at": SET_AT}
        session.execute(insert(table), [row] * 2)

    return write


RULE_CHOSEN = {"": "The rule of this agency was chosen a moment ago. Open the page again."}
DECLARED: list[tuple[Write, dict[str, str]]] = [
    (
        lambda session: [make_position(session, number="P-1"), make_position(session, number="P-1")],
        {"number": "Another position has this number"},
    ),
    (
        lambda session: make_position(session, pay_min_minor=2, pay_max_minor=1),
        {"pay_max": "The highest pay must not be less than the lowest pay"},
    ),
    (one_incumbent_in_two_positions, {"": "This person already holds another position."}),
    (two_live_spouses, {"relation": "Your spouse is on the list already. Take that entry off first"}),
    (two_first_contacts, {"": "Your contacts were kept a moment ago. Open the page again."}),
    (two_first_rules_of_leave, RULE_CHOSEN),
    (two_first_rules(BenefitRegime), RULE_CHOSEN),
    (two_first_rules(SeparationRegime), RULE_CHOSEN),
    (two_live_appointments_of_a_position, {"": "This position was filled a moment ago."}),
    (two_live_appointments_of_a_person, {"": "This person already holds another position."}),
    (
        one_person_proposes_and_decides,
        {"deciding_official_id": "The person who proposes cannot be the deciding official"},
    ),
    (
        one_person_opens_and_decides,
        {"deciding_official_id": "The person who opens the case cannot be the deciding official"},
    ),
    *(
        (
            lambda session, action=action, days=days: make_case(session, action=action, days=days),
            {"days": "The number of days does not fit the action"},
        )
        for action, days in [
            (Action.SUSPENSION, None),
            (Action.SUSPENSION, 0),
            (Action.SUSPENSION, 15),
            (Action.LONG_SUSPENSION, 14),
            (Action.LONG_SUSPENSION, None),
            (Action.REMOVAL, 1),
        ]
    ),
]


@pytest.mark.parametrize(("write", "fields"), DECLARED)
def test_a_refused_row_names_its_field(session: Session, write: Write, fields: dict[str, str]) -> None:
    with pytest.raises(IntegrityError) as refused, session.begin_nested():
        write(session)

    explained = constraints.explain(refused.value, Base.metadata)
    assert isinstance(explained, Invalid)
    assert explained.fields == fields


@pytest.mark.parametrize(
    "write",
    [
        lambda session: make_position(session, state=PositionState.ABOLISHED),
        lambda session: make_position(session, pay_min_minor=-1),
        lambda session: make_employee(session, state=EmployeeState.SEPARATED),
        lambda session: make_appointment(session, kind=AppointmentKind.PROBATIONAL),
        lambda session: make_appointment(session, end_reason="Resigned."),
        lambda session: make_case(session, state=CaseState.PROPOSED),
        lambda session: make_case(session, state=CaseState.WITHDRAWN),
        lambda session: make_charge(session, case=make_case(session), position=1),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(session: Session, write: Write) -> None:
    with pytest.raises(IntegrityError), session.begin_nested():
        write(session)


@pytest.mark.parametrize(
    "write",
    [
        make_appointment,
        lambda session: make_case(session, action=Action.SUSPENSION, days=14, charges=3),
        lambda session: make_case(session, action=Action.LONG_SUSPENSION, days=15),
        lambda session: make_case(session, action=Action.REMOVAL, days=None),
    ],
)
def test_a_lawful_row_is_kept(session: Session, write: Write) -> None:
    assert write(session) is not None
