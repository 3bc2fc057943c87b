from __future__ import annotations

from sqlalchemy import select

from app.exams.certificates.states import CertificateState, Outcome
from app.exams.examinations.models import Candidate
from app.exams.merit_lists.models import MeritListEntry
from app.exams.selections import services as selections
from app.personnel.appointments.states import AppointmentKind
from app.personnel.positions.models import Position
from tests.integration.exams import world as office


def places(session, merit_list):
    rows = session.execute(
        select(Candidate.number, MeritListEntry.rank, MeritListEntry.final, MeritListEntry.denominator)
        .join(Candidate, Candidate.id == MeritListEntry.candidate_id)
        .where(MeritListEntry.list_id == merit_list.id)
        .order_by(MeritListEntry.place)
    )
    return [(number, rank, final / denominator) for number, rank, final, denominator in rows]


def test_a_vacancy_becomes_an_appointment(session):
    world = office.prepare(office.make_world(session))
    office.verify_claim(world, "Dan")
    merit_list = office.publish(world)
    names = {number: name for name, number in world.numbers().items()}
    assert [(names[number], rank, score) for number, rank, score in places(session, merit_list)] == [
        ("Ada", 1, 100.0), ("Ben", 2, 90.0), ("Cleo", 2, 90.0), ("Dan", 4, 85.0), ("Eva", 5, 70.0), ("Fay", None, 50.0),
    ]
    certificate = office.certify(world, merit_list)
    assert [names[e.entry.candidate.number] for e in certificate.entries] == ["Ada", "Ben", "Cleo"]
    chosen = certificate.entries[1]
    made = selections.appoint_name(
        session, certificate_id=certificate.id, entry_id=chosen.id, position_id=world.positions[0].id,
        starts_on=office.AT.date(), kind=AppointmentKind.PROBATIONAL, actor=world.actor("authority"), at=office.AT,
    )
    assert made.employee.name == "Ben"
    assert certificate.state is CertificateState.CLOSED
    assert [e.outcome for e in certificate.entries] == [Outcome.PENDING, Outcome.APPOINTED, Outcome.PENDING]
    assert session.get(Position, world.positions[0].id).incumbent_id == made.employee.id
