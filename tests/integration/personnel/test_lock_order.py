"""Whoever changes a person's service locks in one order, so that two at once wait and neither is aborted."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from types import SimpleNamespace

from sqlalchemy import event

from app.accounts.roles import Role
from app.personnel.actions import services as actions
from app.personnel.actions.rules import Asked, Changes
from app.personnel.actions.states import ActionKind
from app.personnel.appointments import queries
from app.personnel.appointments import services as appointments
from app.personnel.appointments.states import AppointmentKind
from app.personnel.positions.queries import get_position_to_fill
from app.platform import audit, clock
from app.platform.db import transaction
from app.platform.errors import Conflict
from tests.factories.accounts import make_account, make_actor, make_agency
from tests.factories.personnel import make_appointment, make_employee, make_position

PATIENCE = 1.0


def at_once(database, *acts):
    """Do acts in connections of their own, each held at its first lock until the other has its own.

    Where the second waits for the first, the barrier breaks, and the first goes on alone.
    """
    barrier, results, begun = threading.Barrier(len(acts)), {}, threading.local()

    def hold(_connection, _cursor, statement, *_rest):
        if getattr(begun, "waits", False) and "FOR UPDATE" in statement:
            begun.waits = False
            with contextlib.suppress(threading.BrokenBarrierError):
                barrier.wait(PATIENCE)

    def run(number, act):
        begun.waits = True
        try:
            with transaction() as session:
                act(session)
            results[number] = "done"
        except Conflict as error:
            results[number] = error.message
        except Exception as error:
            results[number] = f"{type(error).__name__}: {error}"[:120]

    event.listen(database.engine, "after_cursor_execute", hold)
    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    event.remove(database.engine, "after_cursor_execute", hold)
    return [results[number] for number in range(len(acts))]


def seed(at):
    """Give an agency with an officer, an authority, a person who serves, and a vacant post that pays more."""
    with transaction() as session:
        agency = make_agency(session)
        officer = make_actor(session, roles=[(Role.HR_OFFICER, agency.id)])
        authority = make_actor(session, roles=[(Role.APPOINTING_AUTHORITY, agency.id)])
        account = make_account(session)
        person = make_employee(session, agency=agency, account_id=account.id)
        held = make_appointment(session, position=make_position(session, agency=agency), employee=person)
        better = make_position(
            session, agency=agency, grade="30", pay_min_minor=90_000_00, pay_max_minor=99_000_00
        )
        audit.record(session, "system.seed", actor=officer, at=at, subject=agency.id)
        return SimpleNamespace(
            appointment_id=held.id,
            person_id=person.id,
            post_id=better.id,
            account_id=account.id,
            officer=officer,
            authority=authority,
            today=clock.local_date(at, agency.time_zone),
            at=at,
        )


def propose(town, kind, code):
    asked = Asked(
        kind=kind,
        effective_on=town.today,
        changes=Changes(position_id=town.post_id),
        authority_code=code,
        reason="Came first on the list.",
    )
    with transaction() as session:
        return actions.propose_action(
            session, employee_id=town.person_id, asked=asked, actor=town.officer, at=town.at
        ).id


def end(town, session, on=None):
    """End an appointment as every act that does so: the person is locked first, and the post last."""
    found = queries.get_appointment(session, town.appointment_id, town.officer)
    queries.lock_person(session, found.employee_id)
    appointment = queries.get_appointment(session, town.appointment_id, town.officer, lock=True)
    post = get_position_to_fill(session, appointment.position_id)
    ended_on = on or town.today
    appointments.vacate(
        session, appointment, post, reason="Leaves.", ended_on=ended_on, actor=town.officer, at=town.at
    )


def decide(town, session, action_id):
    actions.decide_action(
        session, action_id=action_id, approves=True, reason="", actor=town.authority, at=town.at
    )


def appoint(town, session):
    appointments.appoint(
        session,
        position_id=town.post_id,
        name="Comes again",
        email=None,
        account_id=town.account_id,
        starts_on=town.today,
        kind=AppointmentKind.PERMANENT,
        authority="Civil Service Law, section 61",
        source=None,
        actor=town.authority,
        at=town.at,
    )


def aborted(results):
    return [one for one in results if "Error" in one]


def test_an_end_and_a_decision_about_one_person_wait_for_each_other(committed, database, at):
    town = seed(at)
    own = propose(town, ActionKind.PROMOTION, "CFR-335.102")
    results = at_once(
        database, lambda session: end(town, session), lambda session: decide(town, session, own)
    )
    assert aborted(results) == []
    assert "done" in results


def test_a_reinstatement_and_an_appointment_of_one_person_wait_for_each_other(committed, database, at):
    town = seed(at)
    with transaction() as session:
        end(town, session, town.today - dt.timedelta(days=5))
    own = propose(town, ActionKind.REINSTATEMENT, "CFR-315.401")
    results = at_once(
        database, lambda session: appoint(town, session), lambda session: decide(town, session, own)
    )
    assert aborted(results) == []
    assert results.count("done") == 1
