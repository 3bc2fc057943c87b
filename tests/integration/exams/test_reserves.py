"""Reserve lists: kept at the issue, called from in order, lapsed by the clock, audited by replay."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select, update

from app.accounts.models import Account, RoleGrant
from app.exams.certificates import services as certificates
from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.certificates.queries import get_certificate
from app.exams.certificates.states import CertificateState, Outcome
from app.exams.reserves import queries, services
from app.exams.reserves.models import ReserveCall, ReserveEntry, ReserveList
from app.exams.reserves.own import find_own
from app.exams.reserves.states import ReserveState
from app.exams.selection_audits.models import SelectionAudit
from app.exams.selection_audits.services import audit_certificate
from app.exams.selections import services as selections
from app.home.queries import list_waiting
from app.notices.models import Notice
from app.personnel.actions.rules import Changes
from app.personnel.actions.services import carry_out
from app.personnel.actions.states import ActionKind
from app.personnel.appointments.states import AppointmentKind
from app.platform.actors import Actor
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.recruitment.applications.states import Placement, Submission
from app.recruitment.requisitions.models import RequisitionPosition
from tests.conftest import sign_in
from tests.integration.exams import world as office

AT = office.AT
LATER = AT + dt.timedelta(days=10)
STARTS_ON = dt.date(2026, 11, 23)
BOOK = """
[rulebook]
name = "with-reserve"
version = 1
title = "An office that keeps a reserve"
citation = "Rule 1"
read_on = 2026-11-22
effective_from = 2020-01-01
[[component]]
name = "written"
kind = "items"
maximum = "100"
weight = "100"
[component.marks]
right = "1"
wrong = "0"
blank = "0"
[order]
numbering = "unique"
[[order.key]]
by = "total"
[[order.key]]
by = "draw"
[certification]
reach = "people"
per_vacancy = "1"
ties = "break"
citation = "Rule 2"
[certification.reserve]
plus = "2"
life = { months = 6 }
citation = "Rule 3"
"""


@pytest.fixture
def world(session):
    """Two vacancies: the first two on the list are certified, the next two are kept in reserve."""
    made = office.make_world(session)
    office.hold(made)
    office.under(made, BOOK)
    office.set_key(made)
    office.import_answers(made)
    made.certificate = office.certify(made, office.publish(made), vacancies=2)
    forget(made)
    return made


def forget(world):
    """Write what was changed, and read everything but accounts anew."""
    world.session.flush()
    for row in world.session:
        if not isinstance(row, Account | RoleGrant):
            world.session.expire(row)


def load(world) -> Certificate:
    forget(world)
    return get_certificate(world.session, world.certificate.id, world.actor("hr_officer"))


def on_certificate(world) -> list[tuple[str, Outcome]]:
    return [(row.entry.application.applicant_name, row.outcome) for row in load(world).entries]


def reserve_of(world) -> ReserveList:
    forget(world)
    return queries.get_reserve(world.session, world.certificate.id)


def in_reserve(world) -> list[str]:
    return [row.entry.application.applicant_name for row in reserve_of(world).entries]


def name_of(world, place) -> CertificateEntry:
    return load(world).entries[place]


def decline(world, place, at=AT):
    entry = name_of(world, place)
    selections.record_decline(
        world.session,
        certificate_id=world.certificate.id,
        entry_id=entry.id,
        code="pay",
        reason="Letter of 20 November.",
        actor=world.actor("authority"),
        at=at,
    )


def appoint(world, place, position, at=AT):
    return selections.appoint_name(
        world.session,
        certificate_id=world.certificate.id,
        entry_id=name_of(world, place).id,
        position_id=world.positions[position].id,
        starts_on=STARTS_ON,
        kind=AppointmentKind.PROBATIONAL,
        actor=world.actor("authority"),
        at=at,
    )


def end(world, appointment, at=LATER, ended_on=None):
    carry_out(
        world.session,
        employee_id=appointment.employee_id,
        kind=ActionKind.SEPARATION,
        effective_on=ended_on or STARTS_ON,
        changes=Changes(),
        authority_code="CFR-715.202",
        authority="5 CFR 715.202",
        reason="Did not come.",
        source=None,
        approved_by=world.accounts["second_officer"].id,
        actor=world.actor("hr_officer"),
        at=at,
    )


def free(world):
    return queries.list_free_places(world.session, reserve_of(world), world.agency.time_zone)


def call(world, *, place=None, who=0, at=AT, role="hr_officer", reason="Their letter of 20 November."):
    reserve = reserve_of(world)
    return services.call_next(
        world.session,
        certificate_id=world.certificate.id,
        place_id=place or free(world)[0].name_id,
        reserve_entry_id=reserve.entries[who].id,
        reason=reason,
        actor=world.actor(role),
        at=at,
    )


def audited(world, at=LATER):
    made = audit_certificate(
        world.session, certificate_id=world.certificate.id, actor=world.actor("second_officer"), at=at
    )
    return made.is_lawful, [(one["kind"], one["sentence"]) for one in made.findings]


def waiting(world, role="hr_officer"):
    actor = world.actor(role)
    rows = list_waiting(world.session, actor, LATER)
    return [(one.text, one.count) for one in rows if one.text.startswith("Places that fell free")]


def test_the_next_on_the_list_are_kept_at_the_issue(world):
    certified = [name for name, _ in on_certificate(world)]
    assert certified[0] == "Ada"
    assert set(certified[1:] + in_reserve(world)[:1]) == {"Ben", "Cleo"}  # equal marks, broken by lot
    assert in_reserve(world)[1:] == ["Dan"]
    reserve = reserve_of(world)
    assert (reserve.state, reserve.lapses_on) == (ReserveState.STANDING, dt.date(2027, 5, 20))
    assert reserve.causes == "declined,not-reported,left"


def test_a_reserve_never_outlives_its_list(session):
    made = office.make_world(session)
    office.hold(made)
    office.under(
        made,
        BOOK.replace(
            "[certification.reserve]", "[certification.list_life]\nmonths = 2\n[certification.reserve]"
        ),
    )
    office.set_key(made)
    office.import_answers(made)
    made.certificate = office.certify(made, office.publish(made), vacancies=2)
    assert reserve_of(made).lapses_on == dt.date(2027, 1, 20)
    assert audited(made) == (True, [])


def test_other_rulebooks_keep_nobody(session):
    made = office.prepare(office.make_world(session))
    certificate = office.certify(made, office.publish(made))
    assert queries.find_reserve(session, certificate.id) is None
    with pytest.raises(NotFound):
        queries.get_reserve(session, certificate.id)


def test_after_a_decline_the_next_is_called_written_to_and_can_be_appointed(world):
    decline(world, 0)
    (place,) = free(world)
    assert (place.person, place.cause, place.since) == ("Ada", "declined", dt.date(2026, 11, 20))
    first = in_reserve(world)[0]
    made = call(world)
    forget(world)
    assert [outcome for _, outcome in on_certificate(world)] == [
        Outcome.DECLINED,
        Outcome.PENDING,
        Outcome.PENDING,
    ]
    assert on_certificate(world)[2][0] == first
    assert free(world) == []
    notice = world.session.scalars(select(Notice).where(Notice.key == f"reserve:{made.id}")).one()
    assert (notice.template, notice.recipient_name, notice.context["letter"]["place"]) == (
        "reserve_call",
        first,
        1,
    )
    appoint(world, 1, 0)
    appoint(world, 2, 1)
    assert load(world).state is CertificateState.CLOSED
    assert audited(world) == (True, [])


@pytest.mark.parametrize(("enters", "cause"), [(False, "not-reported"), (True, "left")])
def test_when_an_appointee_is_gone_the_filled_certificate_opens_again(world, enters, cause):
    appointment = appoint(world, 0, 0)
    appoint(world, 1, 1)
    assert load(world).state is CertificateState.CLOSED
    assert waiting(world) == []
    if enters:
        appointment.entered_on = STARTS_ON
        world.session.flush()
    end(world, appointment, ended_on=STARTS_ON + dt.timedelta(days=2) if enters else None)
    (place,) = free(world)
    assert (place.person, place.cause) == ("Ada", cause)
    assert waiting(world) == [("Places that fell free while a reserve waits", 1)]
    call(world, at=LATER)
    certificate = load(world)
    assert (certificate.state, certificate.ended_at) == (CertificateState.ISSUED, None)
    assert queries.count_filled(world.session, certificate) == 1
    live = select(RequisitionPosition.is_live).where(RequisitionPosition.position_id == world.positions[0].id)
    assert world.session.scalars(live).all() == [True]
    assert waiting(world) == []
    selections.appoint_name(
        world.session,
        certificate_id=certificate.id,
        entry_id=certificate.entries[2].id,
        position_id=world.positions[0].id,
        starts_on=STARTS_ON + dt.timedelta(days=30),
        kind=AppointmentKind.PROBATIONAL,
        actor=world.actor("authority"),
        at=LATER,
    )
    assert load(world).state is CertificateState.CLOSED
    assert audited(world, LATER + dt.timedelta(days=1)) == (True, [])


def test_nobody_is_called_where_no_place_is_free(world):
    with pytest.raises(Invalid) as refused:
        call(world, place=name_of(world, 0).id)
    assert list(refused.value.fields) == ["place_id"]
    assert world.session.scalar(select(ReserveCall.id)) is None


def test_nobody_is_called_out_of_order_and_nobody_twice(world):
    decline(world, 0)
    with pytest.raises(Conflict, match="out of its order"):
        call(world, who=1)
    call(world)
    decline(world, 1)
    with pytest.raises(Conflict, match="out of its order"):
        call(world, who=0)
    call(world, who=1)
    decline(world, 2)
    with pytest.raises(Conflict, match="Nobody is left"):
        call(world, who=1)


def test_two_people_are_not_called_to_one_place(world):
    decline(world, 0)
    place = free(world)[0].name_id
    call(world, place=place)
    with pytest.raises(Invalid):
        call(world, place=place, who=1)


@pytest.mark.parametrize(
    "values", [{"submission": Submission.WITHDRAWN}, {"placement": Placement.APPOINTED}], ids=str
)
def test_who_cannot_be_considered_any_more_is_skipped(world, values):
    decline(world, 0)
    first = reserve_of(world).entries[0].entry.application
    if "submission" in values:
        values = values | {"withdrawn_at": AT}
    for name, value in values.items():
        setattr(first, name, value)
    world.session.flush()
    with pytest.raises(Conflict, match="out of its order"):
        call(world, who=0)
    call(world, who=1)
    assert on_certificate(world)[2][0] == "Dan"


def test_a_lapsed_reserve_calls_nobody_and_the_clock_ends_it(world):
    decline(world, 0)
    last_moment = dt.datetime(2027, 5, 21, 3, 59, tzinfo=dt.UTC)  # 20 May, 23:59 in New York
    assert services.lapse_reserves(world.session, at=last_moment) == 0
    after = last_moment + dt.timedelta(minutes=1)
    with pytest.raises(Conflict, match="lapsed on 2027-05-20"):
        call(world, at=after)
    assert services.lapse_reserves(world.session, at=after) == 1
    assert services.lapse_reserves(world.session, at=after) == 0
    assert (reserve_of(world).state, reserve_of(world).ended_at) == (ReserveState.LAPSED, after)
    with pytest.raises(Conflict, match="lapsed"):
        call(world, at=AT)
    assert waiting(world) == []


def test_a_returned_certificate_takes_its_reserve_along(world):
    decline(world, 0)
    certificates.close_certificate(
        world.session,
        certificate_id=world.certificate.id,
        reason="The work was given up.",
        actor=world.actor("hr_officer"),
        at=AT,
    )
    assert reserve_of(world).state is ReserveState.ENDED
    with pytest.raises(Conflict, match="was returned"):
        call(world)


def test_who_may_call(world):
    decline(world, 0)
    with pytest.raises(Forbidden):
        call(world, role="authority")
    world.session.execute(
        update(CertificateEntry)
        .where(CertificateEntry.outcome == Outcome.DECLINED)
        .values(decided_by=world.accounts["hr_officer"].id)
    )
    with pytest.raises(Conflict, match="You recorded why"):
        call(world)
    with pytest.raises(Invalid):
        call(world, role="second_officer", reason="  ")
    call(world, role="second_officer")


def test_a_filled_position_takes_nobody_else(world):
    appointment = appoint(world, 0, 0)
    appoint(world, 1, 1)
    end(world, appointment)
    world.session.refresh(world.positions[0])
    world.positions[0].incumbent_id = appointment.employee_id
    world.session.flush()
    with pytest.raises(Conflict, match="is filled or abolished"):
        call(world, at=LATER)


def test_the_audit_finds_a_call_out_of_order_after_the_end_and_without_a_free_place(world, client):
    decline(world, 0)
    made = call(world)
    wrong = reserve_of(world).entries[1]
    world.session.execute(
        update(ReserveCall)
        .where(ReserveCall.id == made.id)
        .values(called_at=dt.datetime(2027, 6, 1, 12, tzinfo=dt.UTC), place_id=name_of(world, 1).id)
    )
    world.session.execute(
        update(CertificateEntry).where(CertificateEntry.id == made.made_id).values(entry_id=wrong.entry_id)
    )
    forget(world)
    lawful, found = audited(world)
    assert not lawful
    said = " ".join(sentence for kind, sentence in found if kind == "reserve")
    for part in ("after the reserve had lapsed", "out of order", "not free by what is on record"):
        assert part in said
    sign_in(client, world.accounts["auditor"])
    made = world.session.scalars(select(SelectionAudit.id)).one()
    assert "Called out of order" in client.get(f"/staff/selection-audits/{made}").text


def test_the_audit_finds_other_people_and_another_end(world):
    world.session.execute(update(ReserveList).values(lapses_on=dt.date(2028, 1, 1)))
    world.session.execute(
        update(ReserveEntry)
        .where(ReserveEntry.position == 2)
        .values(
            entry_id=select(CertificateEntry.entry_id).where(CertificateEntry.position == 1).scalar_subquery()
        )
    )
    forget(world)
    lawful, found = audited(world)
    assert not lawful
    assert [sentence[:41] for _, sentence in found] == [
        "The people kept in reserve are not those ",
        "By Rule 3 the reserve lapses on 2027-05-2",
    ]


def test_a_person_sees_their_own_place(world, client):
    application = reserve_of(world).entries[1].entry.application
    own = find_own(world.session, application.id, Actor(id=application.account_id, name=""))
    assert (own.first, own.before, own.lapses_on) == (2, 1, dt.date(2027, 5, 20))
    path = f"/my/applications/{application.id}/reserve"
    account = world.session.get_one(Account, application.account_id)
    sign_in(client, account)
    page = client.get(path)
    assert (page.status_code, "1 person is called before you." in page.text) == (200, True)
    assert (
        "You are on the reserve list until this day" in client.get(f"/my/applications/{application.id}").text
    )
    for language, text in (("es", "lista de reserva"), ("hi", "आरक्षित सूची"), ("ar", "قائمة الاحتياط")):
        account.language = language
        world.session.flush()
        assert text in client.get(path).text
    account.language = "en"
    decline(world, 0)
    call(world)
    assert "You are next." in client.get(path).text
    decline(world, 1)
    call(world, who=1)
    assert "You were called from the reserve list" in client.get(path).text
    other = world.session.get_one(Account, world.applications["Ada"].account_id)
    sign_in(client, other)
    assert client.get(path).status_code == 404
    assert client.get(f"/my/applications/{world.applications['Ada'].id}/reserve").status_code == 404


def test_the_pages_call_the_next_and_keep_what_was_typed(world, client):
    decline(world, 0)
    sign_in(client, world.accounts["hr_officer"])
    base = f"/staff/certificates/{world.certificate.id}"
    assert "2 people in reserve, 0 called." in client.get(base).text
    shown = client.get(f"{base}/reserve").text
    assert "Call the next person" in shown
    first = reserve_of(world).entries[0]
    sent = {"place_id": name_of(world, 0).id, "reserve_entry_id": first.id, "reason": "Their letter of today"}
    page = client.post(f"{base}/reserve/call", data=sent)
    assert (page.status_code, "Their letter of today" in page.text) == (422, True)
    for wrong in ({"place_id": "cen_none"}, {"reserve_entry_id": "\x00" * 5}, {"reason": " "}):
        assert client.post(f"{base}/reserve/call", data=sent | {"is_sure": "y"} | wrong).status_code == 422
    assert world.session.scalar(select(ReserveCall.id)) is None
    assert client.post(f"{base}/reserve/call", data=sent | {"is_sure": "y"}).status_code == 303
    assert "2 people in reserve, 1 called." in client.get(base).text
    assert client.post(f"{base}/reserve/call", data=sent | {"is_sure": "y"}).status_code == 422
    assert client.get(f"{base}/reserve/call").status_code == 200
    assert client.get("/staff/certificates/crt_0/reserve").status_code == 404
    sign_in(client, world.accounts["authority"])
    assert client.get(f"{base}/reserve").status_code == 200
    assert client.get(f"{base}/reserve/call").status_code == 403
