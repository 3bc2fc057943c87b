"""Names from several lists for one request: the order, the two people, the pages, the audit by replay."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from app.accounts.models import Account, RoleGrant
from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.certificates.queries import get_certificate
from app.exams.certificates.states import CertificateState
from app.exams.joint_certificates import queries, services
from app.exams.joint_certificates.models import JointPart
from app.exams.selection_audits.services import audit_certificate
from app.exams.selections.services import appoint_name
from app.personnel.appointments.states import AppointmentKind
from app.platform.errors import Conflict, Forbidden, Invalid
from app.recruitment.applications.states import Screening
from app.recruitment.postings.states import Audience, PostingState
from tests.conftest import sign_in
from tests.factories.applications import make_application
from tests.factories.recruitment import make_posting
from tests.integration.exams import world as office

AT = office.AT
LATER = AT + dt.timedelta(hours=1)


@pytest.fixture
def worlds(session):
    """An open list of Ada to Eva, and a promotion list of Dan and Gus; five positions are vacant."""
    opened = office.prepare(office.make_world(session, openings=5))
    opened.open_list = office.publish(opened)
    posting = make_posting(
        session,
        agency_id=opened.agency.id,
        state=PostingState.CLOSED,
        audience=Audience.EMPLOYEES,
        title="Civil Engineer, promotion",
        criteria=[],
    )
    promoted = office.World(
        session, opened.agency, opened.accounts, posting, opened.requisition, opened.positions
    )
    dan = opened.applications["Dan"].account_id
    for place, (name, account) in enumerate((("Gus", None), ("Dan", dan)), start=1):
        promoted.applications[name] = make_application(
            session,
            posting_id=posting.id,
            account_id=account or office.make_account(session, name=name).id,
            screening=Screening.ELIGIBLE,
            applicant_name=name,
            submitted_at=AT - dt.timedelta(days=5 + place),
        )
    office.hold(promoted, title="Civil Engineer, promotion")
    office.set_key(promoted)
    office.import_answers(promoted, office.answers_of(promoted, {"Gus": 9, "Dan": 8}))
    promoted.promotion_list = office.publish(promoted)
    session.flush()
    return opened, promoted


def forget(opened):
    """Write what was changed, and read everything but accounts anew."""
    opened.session.flush()
    for row in opened.session:
        if not isinstance(row, Account | RoleGrant):
            opened.session.expire(row)


def ask(opened, vacancies=3, role="hr_officer"):
    return services.ask_jointly(
        opened.session,
        merit_list_id=opened.open_list.id,
        requisition_id=opened.requisition.id,
        vacancies=vacancies,
        actor=opened.actor(role),
        at=AT,
    )


def issue(opened, joint, role="second_officer"):
    services.issue_jointly(opened.session, joint_id=joint.id, actor=opened.actor(role), at=AT)
    forget(opened)
    return queries.get_joint(opened.session, joint.id, opened.actor("hr_officer"))


def names(opened, certificate_id):
    rows = opened.session.scalars(
        select(CertificateEntry).where(CertificateEntry.certificate_id == certificate_id).order_by("position")
    )
    found = []
    for row in rows:
        opened.session.refresh(row, ["entry"])
        opened.session.refresh(row.entry, ["application"])
        found.append(row.entry.application.applicant_name)
    return found


def test_the_promotion_list_is_used_up_first_and_nobody_stands_twice(worlds):
    opened, _ = worlds
    joint = issue(opened, ask(opened))
    first, second = joint.parts
    assert (first.certificate.merit_list.examination.title, first.certificate.vacancies) == (
        "Civil Engineer, promotion",
        2,
    )
    assert (second.certificate.vacancies, second.elsewhere) == (1, [opened.numbers()["Dan"]])
    assert names(opened, first.certificate_id) == ["Gus", "Dan"]
    # the highest three of the open list: Dan, who stands before, is not among them
    assert "Dan" not in names(opened, second.certificate_id)
    assert set(names(opened, second.certificate_id)) == {"Ada", "Ben", "Cleo"}


def test_who_asks_does_not_issue_and_other_roles_do_neither(worlds):
    opened, _ = worlds
    joint = ask(opened)
    with pytest.raises(Conflict, match="a second HR officer"):
        issue(opened, joint, "hr_officer")
    with pytest.raises(Forbidden):
        issue(opened, joint, "authority")
    with pytest.raises(Forbidden):
        ask(opened, role="auditor")


@pytest.mark.parametrize(("vacancies", "error"), [(0, Invalid), (6, Invalid), (2, Conflict), (1, Conflict)])
def test_a_number_of_vacancies_that_cannot_be_is_refused_and_nothing_is_stored(worlds, vacancies, error):
    opened, _ = worlds
    with pytest.raises(error):
        ask(opened, vacancies)
    assert opened.session.scalar(select(Certificate.id)) is None


def test_one_request_at_a_time(worlds):
    opened, _ = worlds
    joint = ask(opened)
    with pytest.raises(Invalid, match="already open"):
        ask(opened)
    with pytest.raises(Invalid, match="already open"):
        office.certify(opened, opened.open_list)
    services.discard_jointly(opened.session, joint_id=joint.id, actor=opened.actor("hr_officer"), at=AT)
    forget(opened)
    assert {row.state for row in opened.session.scalars(select(Certificate))} == {CertificateState.DISCARDED}
    ask(opened)


def appoint(opened, certificate, name, position):
    entry = next(row for row in certificate.entries if row.entry.application.applicant_name == name)
    appoint_name(
        opened.session,
        certificate_id=certificate.id,
        entry_id=entry.id,
        position_id=opened.positions[position].id,
        starts_on=AT.date() + dt.timedelta(days=9),
        kind=AppointmentKind.PROBATIONAL,
        actor=opened.actor("authority"),
        at=LATER,
    )


def loaded(opened, certificate_id):
    forget(opened)
    return get_certificate(opened.session, certificate_id, opened.actor("hr_officer"))


def replayed(opened, certificate_id):
    made = audit_certificate(
        opened.session,
        certificate_id=certificate_id,
        actor=opened.actor("second_officer"),
        at=LATER + dt.timedelta(hours=1),
    )
    return [finding["sentence"] for finding in made.findings]


def test_appointments_from_both_lists_stand_in_the_audit(worlds):
    opened, _ = worlds
    joint = issue(opened, ask(opened))
    first, second = (part.certificate_id for part in joint.parts)
    appoint(opened, loaded(opened, first), "Dan", 0)
    appoint(opened, loaded(opened, second), "Ada", 1)
    forget(opened)
    assert (replayed(opened, first), replayed(opened, second)) == ([], [])


def test_an_order_changed_afterwards_is_found(worlds):
    opened, _ = worlds
    joint = issue(opened, ask(opened))
    first, second = (part.certificate_id for part in joint.parts)
    session = opened.session
    session.get_one(JointPart, first).place = 3
    session.get_one(JointPart, second).elsewhere = []
    session.flush()
    law = "By N.Y. Civil Service Law sec. 52(1) and 60(1)"
    assert f"{law} this list comes at place 1, not 3." in replayed(opened, first)
    assert "The people who are considered on an earlier list were others." in replayed(opened, second)


def test_the_pages(worlds, client):
    opened, _ = worlds
    sign_in(client, opened.accounts["hr_officer"])
    path = f"/staff/merit-lists/{opened.open_list.id}/joint-certificates/new"
    page = client.get(path).text
    assert page.index("Promotion list:") < page.index("Open list:")
    refused = client.post(path, data={"requisition_id": opened.requisition.id, "vacancies": "2"})
    assert (refused.status_code, "from that list alone" in refused.text) == (422, True)
    refused = client.post(path, data={"requisition_id": "req_no", "vacancies": "9" * 30})
    assert refused.status_code == 422
    done = client.post(path, data={"requisition_id": opened.requisition.id, "vacancies": "3"})
    assert done.status_code == 303
    shown = client.get(done.location).text
    assert "Issue the certificates" not in shown
    sign_in(client, opened.accounts["second_officer"])
    assert "Issue the certificates" in client.get(done.location).text
    assert client.post(f"{done.location}/issue", data={}).status_code == 422
    assert client.post(f"{done.location}/issue", data={"is_checked": "y"}).status_code == 303
    certificate = opened.session.scalars(select(Certificate)).first()
    assert "See all certificates of the request" in client.get(f"/staff/certificates/{certificate.id}").text
    assert client.post(f"{done.location}/discard").status_code == 303
    sign_in(client, opened.accounts["exam_officer"])
    assert client.get(done.location).status_code in {403, 404}
