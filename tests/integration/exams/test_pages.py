from __future__ import annotations

import io

from tests.conftest import sign_in
from tests.integration.exams import world as office


def test_every_page_of_the_whole_way(session, client):
    w = office.make_world(session)
    exam = office.hold(w)
    session.flush()
    sign_in(client, w.accounts["exam_officer"])
    for path in [
        "/staff/examinations",
        f"/staff/examinations/{exam.id}",
        "/staff/examinations/new",
        f"/staff/examinations/{exam.id}/edit",
        f"/staff/examinations/{exam.id}/candidates",
        f"/staff/examinations/{exam.id}/keys/new",
        f"/staff/examinations/{exam.id}/answers",
    ]:
        assert client.get(path).status_code == 200, path
    r = client.post(
        f"/staff/examinations/{exam.id}/keys/new", data={"key": office.key_text(), "reason": "first"}
    )
    assert r.status_code == 303, r.text
    key_path = r.location
    assert client.get(key_path).status_code == 200
    sign_in(client, w.accounts["custodian"])
    assert client.get(key_path + "/decide").status_code == 200
    r = client.post(key_path + "/decide", data={"decision": "approve", "reason": "ok"})
    assert r.status_code == 303, r.text
    sign_in(client, w.accounts["exam_officer"])
    content = office.answers_of(w)
    bad = content.replace(b",A,", b",X,", 1)
    r = client.post(f"/staff/examinations/{exam.id}/answers", data={"file": (io.BytesIO(bad), "a.csv")})
    assert r.status_code == 422 and "is not an answer" in r.text
    r = client.post(f"/staff/examinations/{exam.id}/answers", data={"file": (io.BytesIO(content), "a.csv")})
    assert r.status_code == 200, r.text
    import re

    ticket = re.search(r'name="ticket" value="([^"]+)"', r.text)[1]
    r = client.post(f"/staff/examinations/{exam.id}/answers/confirm", data={"ticket": ticket})
    assert r.status_code == 303, r.text
    assert client.get(f"/staff/examinations/{exam.id}/merit-lists/new").status_code == 200
    r = client.post(f"/staff/examinations/{exam.id}/merit-lists/new", data={"seed": office.SEED})
    assert r.status_code == 303, r.text
    list_path = r.location
    r = client.get(list_path)
    assert r.status_code == 200
    entry = re.search(r"/staff/merit-lists/entries/ent_\w+", r.text)[0]
    assert client.get(entry).status_code == 200
    assert client.get("/staff/merit-lists").status_code == 200
    assert client.get(list_path + "/discard").status_code == 200
    sign_in(client, w.accounts["hr_officer"])
    assert client.get(list_path + "/approve").status_code == 200
    assert client.post(list_path + "/approve", data={"is_checked": "y"}).status_code == 303
    assert client.get(list_path + "/publish").status_code == 200
    assert client.post(list_path + "/publish", data={"is_sure": "y"}).status_code == 303
    public = list_path.replace("/staff/merit-lists", "/lists")
    for path in [
        "/lists",
        public,
        public + ".csv",
        list_path,
        list_path + "/certificates/new",
        "/staff/certificates",
        f"/staff/examinations/{exam.id}",
    ]:
        assert client.get(path).status_code == 200, path
    r = client.post(
        list_path + "/certificates/new", data={"requisition_id": w.requisition.id, "vacancies": "2"}
    )
    assert r.status_code == 303, r.text
    cert = r.location
    assert client.get(cert).status_code == 200
    assert client.get(cert + "/issue").status_code == 200
    sign_in(client, w.accounts["second_officer"])
    assert client.post(cert + "/issue", data={"is_checked": "y"}).status_code == 303
    sign_in(client, w.accounts["authority"])
    r = client.get(cert)
    assert r.status_code == 200
    print(r.text)
    names = re.findall(r'href="(/staff/certificates/crt_\w+/names/cen_\w+)/appoint"', r.text)
    for act in ("appoint", "decline", "pass-over"):
        assert client.get(f"{names[0]}/{act}").status_code == 200
    r = client.post(
        f"{names[0]}/appoint",
        data={"position_id": w.positions[0].id, "starts_on": "2026-12-01", "kind": "probational"},
    )
    assert r.status_code == 303, r.text
    assert client.get(cert).status_code == 200
    assert client.get(cert + "/close").status_code == 200
    ada = w.applications["Ada"]
    from app.accounts.models import Account

    sign_in(client, session.get(Account, ada.account_id))
    r = client.get(f"/my/applications/{ada.id}/result")
    assert r.status_code == 200
    assert client.get(f"/my/applications/{w.applications['Ben'].id}/result").status_code == 404
