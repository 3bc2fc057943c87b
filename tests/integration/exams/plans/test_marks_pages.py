"""Marks of a part from a file: checked first, every fault with its line, recorded after a confirmation."""

from __future__ import annotations

import io
import re
from fractions import Fraction

import pytest

from app.exams.plans import queries
from tests.conftest import sign_in
from tests.integration.exams import world as office


@pytest.fixture
def world(session):
    made = office.make_world(session, people=("Ada", "Ben"))
    made.posting.rulebook = "plain-office"
    session.flush()
    office.hold(made, codes=())
    return made


def send(client, world, content, component="written"):
    sent = {"component": component, "file": (io.BytesIO(content), "marks.csv")}
    return client.post(f"/staff/examinations/{world.exam.id}/parts/upload", data=sent)


def test_a_file_is_checked_then_recorded(client, world):
    sign_in(client, world.accounts["exam_officer"])
    numbers = world.numbers()
    checked = send(
        client, world, f"candidate;mark\n{numbers['Ada']};78.5\n{numbers['Ben']};absent\n".encode()
    )
    assert checked.status_code == 200
    assert queries.load_versions(world.session, world.exam.id) == {}
    ticket = re.search(r'name="ticket" value="([^"]+)"', checked.text)[1]
    done = client.post(
        f"/staff/examinations/{world.exam.id}/parts/record", data={"ticket": ticket, "source": "Paper II"}
    )
    assert done.status_code == 303
    world.session.expire_all()
    marks = queries.load_marks(world.session, world.exam, {"written": 1})["written"]
    assert marks == {numbers["Ada"]: Fraction("78.5"), numbers["Ben"]: None}
    page = client.get(f"/staff/examinations/{world.exam.id}/parts").text
    assert "Paper II" in page
    assert client.get(f"/staff/examinations/{world.exam.id}").status_code == 200


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("name,mark\nA,1\n", "The first line must be the headings candidate and mark"),
        ("candidate,mark\n{ada},101\n", "101 is no mark of “Written test” (0 to 100)"),
        ("candidate,mark\n{ada},78.555\n", "has more than 2 decimals"),
        ("candidate,mark\n{ada},seventy\n", "“seventy” is neither a mark nor “absent”"),
        ("candidate,mark\n{ada},1e9\n", "“1e9” is neither a mark nor “absent”"),
        ("candidate,mark\n{ada},1/0\n", "“1/0” is neither a mark nor “absent”"),
        ("candidate,mark\n{ada},70\n{ada},71\n", "already stands in line 2"),
        ("candidate,mark\nC99,70\n", "“C99” is not a candidate of this examination"),
        ("candidate,mark\n{ada},70,5\n", "The line has 3 values"),
        ("candidate,mark\n", "The file has no marks"),
        ("candidate,mark\n{ada},7\0\n", "is neither a mark nor"),
        ("\ufffe", "The first line must be the headings"),
    ],
)
def test_a_faulty_file_stores_nothing_and_says_where(client, world, lines, sentence):
    sign_in(client, world.accounts["exam_officer"])
    answer = send(client, world, lines.replace("{ada}", world.numbers()["Ada"]).encode())
    assert answer.status_code == 422
    assert sentence in answer.text.replace("&#34;", '"')
    assert queries.load_versions(world.session, world.exam.id) == {}


def test_a_ticket_of_another_examination_is_refused(client, world):
    sign_in(client, world.accounts["exam_officer"])
    url = f"/staff/examinations/{world.exam.id}/parts/record"
    assert client.post(url, data={"ticket": "made.up", "source": "Paper II"}).status_code == 422
