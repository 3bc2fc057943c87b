"""Pages of certificates and of what is decided on each name."""

from __future__ import annotations

import io
import re

import pytest
from sqlalchemy import func, select

from app.accounts.roles import Role
from app.exams.certificates.models import Certificate
from app.personnel.appointments.models import Appointment
from app.platform.audit import AuditEvent
from app.platform.ids import new_id
from tests.conftest import count_queries, sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.exams import make_candidate, make_certificate, make_entry, make_examination, make_list
from tests.factories.files import make_pdf
from tests.integration.exams import world as office
from tests.unit.exams.books import CATEGORY_BOOK


@pytest.fixture
def world(session):
    return office.prepare(office.make_world(session))


@pytest.fixture
def certificate(world):
    made = office.certify(world, office.publish(world), vacancies=2)
    world.session.flush()
    return made


def as_(client, world, role):
    sign_in(client, world.accounts[role])
    return client


def name_path(world, certificate, name) -> str:
    number = world.numbers()[name]
    entry = next(row for row in certificate.entries if row.entry.candidate.number == number)
    return f"/staff/certificates/{certificate.id}/names/{entry.id}"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text))


def test_names_are_asked_for_and_issued_by_another_officer(session, client, world):
    merit_list = office.publish(world)
    as_(client, world, "hr_officer")
    path = f"/staff/merit-lists/{merit_list.id}/certificates/new"
    assert world.requisition.number in client.get(path).text
    wanted = {"requisition_id": world.requisition.id, "vacancies": "3"}
    refused = client.post(path, data=wanted)
    assert refused.status_code == 422
    assert "The requisition has 2 vacant positions." in refused.text
    made = client.post(path, data=wanted | {"vacancies": "1"})
    assert made.status_code == 303
    page = client.get(made.location).text
    assert "Names in reach today" in page
    assert "Ada" in page
    assert "a second HR officer has to issue it" in client.get(f"{made.location}/issue").text
    assert client.post(f"{made.location}/issue", data={"is_checked": "y"}).status_code == 422
    as_(client, world, "second_officer")
    assert client.post(f"{made.location}/issue", data={}).status_code == 422
    assert client.post(f"{made.location}/issue", data={"is_checked": "y"}).status_code == 303
    session.expire_all()
    assert session.scalars(select(Certificate)).one().issued_by == world.accounts["second_officer"].id


def test_the_page_says_what_may_be_done_with_each_name_and_why_not(client, world, certificate):
    as_(client, world, "authority")
    text = text_of(client.get(f"/staff/certificates/{certificate.id}"))
    assert "For the next vacancy: the highest 3 people may be considered" in text
    assert text.count("May be appointed") == 3
    numbers = world.numbers()
    assert "The name is out of reach. The highest 3 people may be considered" in text
    assert f"In the way: {numbers['Ada']}, {numbers['Ben']}, {numbers['Cleo']}." in text
    assert "N.Y. Civil Service Law sec. 61(1)" in text


def test_a_lawful_choice_appoints(session, client, world, certificate):
    as_(client, world, "authority")
    path = f"{name_path(world, certificate, 'Ben')}/appoint"
    assert "nothing stands against it" in client.get(path).text
    typed = {"position_id": world.positions[0].id, "starts_on": "2026-12-01", "kind": "probational"}
    wrong = client.post(path, data=typed | {"starts_on": "2026-02-30"})
    assert wrong.status_code == 422
    assert "First day must be a real date" in wrong.text
    done = client.post(path, data=typed)
    assert (done.status_code, done.location) == (303, f"/staff/certificates/{certificate.id}")
    page = text_of(client.get(done.location))
    assert f"Appointed to {world.positions[0].title} ({world.positions[0].number}) by authority" in page
    session.expire_all()
    assert session.scalar(select(func.count()).select_from(Appointment)) == 1


def test_an_unlawful_choice_comes_back_with_the_rule_and_stores_nothing(session, client, world, certificate):
    as_(client, world, "authority")
    path = f"{name_path(world, certificate, 'Dan')}/appoint"
    assert "May not be appointed now" in client.get(path).text
    typed = {"position_id": world.positions[0].id, "starts_on": "2026-12-01", "kind": "probational"}
    refused = client.post(path, data=typed)
    assert refused.status_code == 422
    assert "This appointment would not be lawful. The name is out of reach." in refused.text
    assert "one of the three standing highest, and everybody equal to the third" in refused.text
    assert 'value="2026"' in refused.text
    assert session.scalar(select(func.count()).select_from(Appointment)) == 0


def test_a_decline_asks_for_code_and_evidence(client, world, certificate):
    as_(client, world, "authority")
    path = f"{name_path(world, certificate, 'Ada')}/decline"
    empty = client.post(path, data={})
    assert empty.status_code == 422
    assert "Select the reason" in empty.text
    assert "Enter the evidence" in empty.text
    kept = client.post(path, data={"code": "pay", "reason": "Letter\0"})
    assert "contains characters that cannot be saved" in kept.text
    assert client.post(path, data={"code": "pay", "reason": "Letter of 20 November."}).status_code == 303
    page = text_of(client.get(f"/staff/certificates/{certificate.id}"))
    assert "Declined Pay. Letter of 20 November." in page


def test_a_certificate_is_returned_with_a_reason(client, world, certificate):
    as_(client, world, "authority")
    path = f"/staff/certificates/{certificate.id}/close"
    assert client.get(path).status_code == 200
    assert client.post(path, data={"reason": " "}).status_code == 422
    assert client.post(path, data={"reason": "The post was moved."}).status_code == 303
    page = text_of(client.get(f"/staff/certificates/{certificate.id}"))
    assert "The name went back to the list." in page
    late = client.post(f"{name_path(world, certificate, 'Ada')}/decline", data={"code": "pay", "reason": "x"})
    assert late.status_code == 422
    assert "This certificate is closed" in late.text


def test_a_draft_is_discarded(client, world):
    asked = office.certificate_services.request_certificate(
        world.session,
        merit_list_id=office.publish(world).id,
        requisition_id=world.requisition.id,
        vacancies=1,
        actor=world.actor("hr_officer"),
        at=office.AT,
    )
    world.session.flush()
    as_(client, world, "second_officer")
    path = f"/staff/certificates/{asked.id}"
    assert client.post(f"{path}/discard").status_code == 303
    assert "Discarded" in client.get(path).text
    assert client.post(f"{path}/discard").status_code == 303
    assert "discarded and cannot become discarded" in client.get(path).text


def test_a_pass_over_of_a_veteran_goes_through_hr(session, client):
    world = office.make_world(session)
    office.verify_claim(world, "Cleo")
    office.hold(world)
    office.under(world, CATEGORY_BOOK)
    office.set_key(world)
    office.import_answers(world)
    certificate = office.certify(world, office.publish(world))
    session.flush()
    as_(client, world, "authority")
    own, other = name_path(world, certificate, "Cleo"), name_path(world, certificate, "Ada")
    assert "takes effect only when an HR officer approves it" in client.get(f"{own}/pass-over").text
    typed = {"position_id": world.positions[0].id, "starts_on": "2026-12-01", "kind": "probational"}
    refused = client.post(f"{other}/appoint", data=typed)
    assert "Rule: Section 7, for tests." in refused.text
    reasons = {"code": "requirement", "reason": "The licence has ended."}
    assert client.post(f"{own}/pass-over", data=reasons).status_code == 303
    assert "Pass-over proposed" in client.get(f"/staff/certificates/{certificate.id}").text
    assert client.get(f"{own}/decide-pass-over").status_code == 403
    as_(client, world, "hr_officer")
    assert "The licence has ended." in client.get(f"{own}/decide-pass-over").text
    decision = {"decision": "approve", "reason": "The register shows it."}
    assert client.post(f"{own}/decide-pass-over", data=decision).status_code == 303
    as_(client, world, "authority")
    assert client.post(f"{other}/appoint", data=typed).status_code == 303


def test_a_certificate_of_a_corrected_list_says_so(client, world, certificate):
    office.set_key(world, {"1": "B"}, "Challenge of item 1.")
    office.publish(world, "Item 1: B is right.")
    world.session.flush()
    as_(client, world, "authority")
    assert "The list was corrected after this certificate was issued" in (
        client.get(f"/staff/certificates/{certificate.id}").text
    )


def test_another_agencys_staff_find_nothing(session, client, world, certificate):
    roles = [(role, make_agency(session).id) for role in (Role.HR_OFFICER, Role.APPOINTING_AUTHORITY)]
    sign_in(client, make_account(session, roles=roles))
    own = f"/staff/certificates/{certificate.id}"
    name = name_path(world, certificate, "Ada")
    paths = [own, f"{own}/issue", f"{own}/close"]
    paths += [f"{name}/{act}" for act in ("appoint", "decline", "pass-over", "decide-pass-over")]
    for path in paths:
        assert client.get(path).status_code == 404, path
    assert certificate.number not in client.get("/staff/certificates").text


def test_a_name_of_another_certificate_is_not_found(client, world, certificate):
    as_(client, world, "authority")
    path = f"/staff/certificates/{certificate.id}/names/{new_id('cen')}/appoint"
    assert client.get(path).status_code == 404
    assert client.get(f"/staff/certificates/{certificate.id}/names/odd/appoint").status_code == 404


def test_exam_officers_see_no_names_and_auditors_change_nothing(client, world, certificate):
    path = f"/staff/certificates/{certificate.id}"
    as_(client, world, "exam_officer")
    assert client.get(path).status_code == 403
    as_(client, world, "auditor")
    assert client.get(path).status_code == 200
    assert client.get(f"{name_path(world, certificate, 'Ada')}/appoint").status_code == 403
    assert client.get(f"{path}/close").status_code == 403


def test_pages_take_as_many_queries_for_three_rows_as_for_one(session, client, database):
    sign_in(client, make_account(session, roles=[(Role.APPOINTING_AUTHORITY, None)]))
    exam = make_examination(session)
    merit_list = make_list(session, exam)

    def entry(place):
        derivation = {"score": "90", "earned": "90", "tied": 0, "order_key": ""}
        candidate = make_candidate(session, exam)
        return make_entry(session, merit_list, candidate=candidate, place=place, derivation=derivation)

    entries = [entry(1)]
    one = make_certificate(session, merit_list, entries=entries)
    before = [queries_of(client, database, path) for path in pages(one)]
    entries += [entry(2), entry(3)]
    three = make_certificate(session, merit_list, entries=entries)
    make_certificate(session, make_list(session, make_examination(session)))
    session.expire_all()
    assert [queries_of(client, database, path) for path in pages(three)] == before


def pages(certificate) -> tuple[str, str]:
    return "/staff/certificates", f"/staff/certificates/{certificate.id}"


def queries_of(client, database, path) -> int:
    client.get(path)
    with count_queries(database) as sent:
        response = client.get(path)
    assert response.status_code == 200, path
    return len(sent)


def test_a_decline_keeps_its_paper_and_the_download_is_recorded(client, session, world):
    certificate = office.certify(world, office.publish(world))
    entry = certificate.entries[0]
    authority = sign_in(client, world.accounts["authority"])
    address = f"/staff/certificates/{certificate.id}/names/{entry.id}"
    data = {"code": "pay", "reason": "Her letter.", "file": (io.BytesIO(make_pdf()), "letter.pdf")}
    done = authority.post(f"{address}/decline", data=data, content_type="multipart/form-data")
    assert done.status_code == 303
    assert "letter.pdf" in authority.get(f"/staff/certificates/{certificate.id}").text
    assert authority.get(f"{address}/paper").data.startswith(b"%PDF")
    actions = session.scalars(select(AuditEvent.action).where(AuditEvent.subject == certificate.id)).all()
    assert actions[-1] == "exams.selections.download"
    other = certificate.entries[1].id
    assert authority.get(f"/staff/certificates/{certificate.id}/names/{other}/paper").status_code == 404
