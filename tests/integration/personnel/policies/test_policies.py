"""Policies: written, approved by another person, read, compared, acknowledged, reminded of by the clock."""

from __future__ import annotations

import datetime as dt
import io
from types import SimpleNamespace

import pikepdf
import pytest
from sqlalchemy import select

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.personnel.policies import queries, services
from app.personnel.policies.models import PolicyAgency, PolicyVersion
from app.personnel.policies.services import PolicyValues, VersionValues
from app.personnel.policies.states import PolicyKind, Topic
from app.platform import clock
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.platform.jobs import Job
from tests.conftest import count_queries, sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.personnel import make_employee

TODAY = dt.date(2026, 11, 20)
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def town(session):
    here, there = make_agency(session, name="Here"), make_agency(session, name="There")
    people = {
        "writer": make_account(session, name="Writer", roles=[(Role.HR_OFFICER, here.id)]),
        "second": make_account(session, name="Second", roles=[(Role.HR_OFFICER, here.id)]),
        "third": make_account(session, name="Third", roles=[(Role.HR_OFFICER, here.id)]),
        "other": make_account(session, name="Other", roles=[(Role.HR_OFFICER, there.id)]),
        "reader": make_account(session, name="Reader", email="reader@here.example"),
        "stranger": make_account(session, name="Stranger"),
    }
    employees = {
        "reader": make_employee(
            session,
            agency_id=here.id,
            account_id=people["reader"].id,
            name="Reader",
            email="reader@here.example",
        ),
        "late": make_employee(
            session,
            agency_id=here.id,
            name="Late comer",
            email="late@here.example",
            hired_on=dt.date(2026, 12, 1),
        ),
        "stranger": make_employee(
            session, agency_id=there.id, account_id=people["stranger"].id, name="Stranger"
        ),
    }
    actors = {name: actor_of(account) for name, account in people.items()}
    return SimpleNamespace(here=here, there=there, people=people, employees=employees, actors=actors)


@pytest.fixture
def act(session, town, at):
    class Act:
        def values(self, **given):
            return PolicyValues(
                **(
                    {
                        "number": "P-001",
                        "title": "Telework",
                        "kind": PolicyKind.POLICY,
                        "agencies": (town.here.id,),
                        "topics": (Topic.FLEXIBLE_WORK,),
                    }
                    | given
                )
            )

        def version(self, **given):
            return VersionValues(
                **(
                    {
                        "text": "# Purpose\nWork from home.",
                        "change_note": "",
                        "effective_on": TODAY,
                        "acknowledge_days": 14,
                    }
                    | given
                )
            )

        def create(self, by="writer", **given):
            return services.create_policy(
                session,
                agency_id=town.here.id,
                values=self.values(),
                version=self.version(**given),
                actor=town.actors[by],
                at=at,
            )

        def submit(self, policy, by="writer"):
            services.submit_version(session, policy_id=policy.id, actor=town.actors[by], at=at)

        def decide(self, policy, by="second", is_approved=True, reason="", when=at):
            services.decide_version(
                session,
                policy_id=policy.id,
                is_approved=is_approved,
                reason=reason,
                actor=town.actors[by],
                at=when,
            )

        def publish(self, **given):
            policy = self.create(**given)
            self.submit(policy)
            self.decide(policy)
            return policy

        def edit(self, policy, by="writer", values=None, **given):
            services.edit_policy(
                session,
                policy_id=policy.id,
                values=values or self.values(),
                version=self.version(**given),
                actor=town.actors[by],
                at=at,
            )

        def acknowledge(self, policy, by="reader", when=at, version=-1):
            services.acknowledge(
                session,
                policy_id=policy.id,
                version_id=policy.versions[version].id,
                actor=town.actors[by],
                at=when,
            )

    return Act()


def mails(session):
    rows = session.scalars(select(Job).where(Job.name == "platform.send_mail").order_by(Job.id))
    return sorted((row.payload["to"].partition("@")[0], row.payload["subject"]) for row in rows)


def test_a_version_is_in_force_once_somebody_else_approved_it(session, act, town):
    policy = act.create()
    reader = town.employees["reader"]
    with pytest.raises(NotFound):
        queries.get_own_policy(session, policy.id, reader, TODAY)
    act.submit(policy)
    with pytest.raises(Conflict, match="somebody else"):
        act.decide(policy, by="writer")
    with pytest.raises(NotFound):
        act.decide(policy, by="other")
    with pytest.raises(Invalid):
        act.decide(policy, is_approved=False)
    act.decide(policy, is_approved=False, reason="Too short.")
    act.submit(policy)
    act.decide(policy)
    assert [version.version for version, _ in queries.list_own(session, reader, TODAY)] == [1]
    assert queries.list_own(session, town.employees["stranger"], TODAY) == []
    with pytest.raises(Conflict):
        act.decide(policy)


def test_the_next_version_takes_over_on_its_day_and_what_was_published_never_changes(session, act, town):
    policy = act.publish()
    with pytest.raises(Invalid) as caught:
        act.edit(policy, text="Work anywhere.", effective_on=dt.date(2026, 12, 1))
    assert list(caught.value.fields) == ["change_note"]
    session.expire_all()
    act.edit(policy, text="Work anywhere.", change_note="Place", effective_on=dt.date(2026, 12, 1))
    act.submit(policy)
    act.decide(policy)
    reader = town.employees["reader"]

    def in_force(day):
        return [version.version for version, _ in queries.list_own(session, reader, day)]

    assert [in_force(dt.date(2026, 11, 30)), in_force(dt.date(2026, 12, 1))] == [[1], [2]]
    first = queries.get_policy(session, policy.id, town.actors["writer"]).versions[0]
    assert first.text == "# Purpose\nWork from home."
    act.edit(policy, change_note="Again", effective_on=dt.date(2026, 11, 25))
    with pytest.raises(Invalid, match="1 December 2026"):
        act.submit(policy)


def test_what_a_published_policy_is_changes_with_the_approval_alone(session, act, town, as_one):
    policy = act.publish()
    wanted = act.values(title="Anywhere", kind=PolicyKind.GUIDE, topics=(Topic.LEAVE,))
    act.edit(policy, values=wanted, change_note="All")

    def reads():
        [(version, _)] = queries.list_own(session, town.employees["reader"], TODAY)
        found = queries.get_policy(session, policy.id, town.actors["writer"])
        return version.policy.title, found.kind, [row.topic for row in found.topics]

    assert reads() == ("Telework", PolicyKind.POLICY, [Topic.FLEXIBLE_WORK])
    assert services.values_of(policy) == wanted
    with pytest.raises(Invalid) as caught:
        act.edit(policy, values=act.values(number="P-002"), change_note="All")
    assert list(caught.value.fields) == ["number"]
    act.edit(policy, values=wanted, change_note="All")
    act.submit(policy)
    assert "Anywhere" in as_one("second").get(f"/staff/policies/{policy.id}/decide").text
    act.decide(policy)
    session.expire_all()
    assert reads() == ("Anywhere", PolicyKind.GUIDE, [Topic.LEAVE])


def test_agencies_of_others_are_neither_added_nor_taken_out(session, act, town):
    policy = act.create()
    policy.readers.append(PolicyAgency(agency_id=town.there.id))
    session.flush()
    with pytest.raises(Invalid) as caught:
        act.edit(policy)
    assert list(caught.value.fields) == ["agencies"]
    act.edit(policy, values=act.values(agencies=(town.here.id, town.there.id)))


def test_neither_who_wrote_nor_who_submitted_approves(session, act, town):
    policy = act.create()
    act.submit(policy, by="second")
    for name in ("writer", "second"):
        with pytest.raises(Conflict, match="wrote or submitted"):
            act.decide(policy, by=name)


def test_nobody_approves_what_they_wrote_before_others_wrote_on(session, act, town, as_one):
    policy = act.create()
    act.edit(policy, by="second", text="Telework is a trust, not a right.")
    session.expire_all()
    act.submit(policy, by="second")
    page = as_one("writer").get(f"/staff/policies/{policy.id}").text
    assert "Writer, Second" in page or "Second, Writer" in page
    assert f"/staff/policies/{policy.id}/decide" not in page
    for name in ("writer", "second"):
        with pytest.raises(Conflict, match="wrote or submitted"):
            act.decide(policy, by=name)
    act.decide(policy, by="third")
    assert [version.version for version, _ in queries.list_own(session, town.employees["reader"], TODAY)] == [
        1
    ]


def test_what_is_wrong_in_a_draft_is_refused(session, act, town):
    for given, field in (({"text": "# Title only"}, "text"),):
        with pytest.raises(Invalid) as caught:
            act.create(**given)
        assert list(caught.value.fields) == [field]
    values = act.values(agencies=(town.there.id,))
    with pytest.raises(Invalid) as caught:
        services.create_policy(
            session,
            agency_id=town.here.id,
            values=values,
            version=act.version(),
            actor=town.actors["writer"],
            at=clock.now(),
        )
    assert list(caught.value.fields) == ["agencies"]
    with pytest.raises(Forbidden):
        act.create(by="other")
    policy = act.create(effective_on=dt.date(2026, 11, 19))
    with pytest.raises(Invalid) as caught:
        act.submit(policy)
    assert list(caught.value.fields) == ["effective_on"]


def test_a_version_is_acknowledged_once_by_those_it_binds(session, act, town):
    policy = act.publish()
    with pytest.raises(NotFound):
        act.acknowledge(policy, by="stranger")
    act.acknowledge(policy)
    with pytest.raises(Conflict):
        act.acknowledge(policy)
    [reader] = [row for row in queries.load_standings(session, policy.versions[0]) if row.name == "Reader"]
    assert (reader.due_on, reader.state(TODAY)) == (dt.date(2026, 12, 4), "in time")


def test_an_old_version_is_not_acknowledged_any_more(session, act, at):
    policy = act.publish()
    act.edit(policy, text="New.", change_note="All", effective_on=dt.date(2026, 12, 1))
    act.submit(policy)
    act.decide(policy)
    with pytest.raises(Conflict, match="newer"):
        act.acknowledge(policy, version=0, when=at + dt.timedelta(days=20))


def test_the_clock_tells_and_reminds_once_each(session, act, town, at):
    policy = act.publish()
    services.tell(session, at=at)
    services.tell(session, at=at)
    assert mails(session) == [("late", "To read: Telework"), ("reader", "To read: Telework")]
    for days in (7, 8, 13, 14, 15, 16):  # due on 4 December, the 14th day; for the late comer on 15 December
        services.tell(session, at=at + dt.timedelta(days=days))
    assert mails(session).count(("reader", "Reminder: Telework")) == 3
    assert mails(session).count(("late", "Reminder: Telework")) == 0
    act.acknowledge(policy, when=at + dt.timedelta(days=16))
    services.tell(session, at=at + dt.timedelta(days=40))
    assert mails(session).count(("reader", "Reminder: Telework")) == 3
    standings = {
        row.name: row.state(dt.date(2026, 12, 6))
        for row in queries.load_standings(session, policy.versions[0])
    }
    assert standings == {"Reader": "late", "Late comer": "waits"}


def test_whoever_was_reminded_costs_no_statement_of_their_own(session, act, town, at, database):
    act.publish()
    for number in range(3):
        make_employee(session, agency_id=town.here.id, name=f"N{number}", email=f"n{number}@here.example")
    late = at + dt.timedelta(days=60)
    services.tell(session, at=at)
    assert services.tell(session, at=late) > 3
    with count_queries(database) as made:
        assert services.tell(session, at=late + dt.timedelta(days=1)) == 0
    assert [text for text in made if text.startswith("INSERT INTO jobs")] == []


def test_rules_show_the_policy_behind_them(session, act, town):
    act.publish()
    found = queries.list_enforced(session, Topic.FLEXIBLE_WORK, town.here.id, TODAY)
    assert [version.policy.title for version in found] == ["Telework"]
    assert queries.list_enforced(session, Topic.LEAVE, town.here.id, TODAY) == []
    assert queries.list_enforced(session, Topic.FLEXIBLE_WORK, town.there.id, TODAY) == []


@pytest.fixture
def as_one(client, town, at, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at)
    return lambda name: sign_in(client, town.people[name])


def test_the_pages_of_the_reader(session, act, as_one):
    policy = act.publish(text=f"# {EVIL}\n- {EVIL}\nRead <b>this</b>.")
    reader = as_one("reader")
    assert "To read" in reader.get("/my/policies").text
    page = reader.get(f"/my/policies/{policy.id}").text
    assert "<script>alert(1)" not in page
    assert page.count("&lt;script&gt;alert(1)") == 2
    version = policy.versions[0].id
    own = f"/my/policies/{policy.id}/versions/{version}"
    assert reader.post(f"{own}/acknowledge").status_code == 303
    assert "You acknowledged this version" in reader.get(f"/my/policies/{policy.id}").text
    pdf = reader.get(f"{own}/pdf")
    assert pdf.data.startswith(b"%PDF-")
    with pikepdf.open(io.BytesIO(pdf.data)) as read:
        assert read.Root.MarkInfo.Marked
    assert "Telework" in reader.get("/my/policies?text=telework").text
    assert "No policy is found" in reader.get("/my/policies?text=nowhere").text
    assert "No policy is found" in reader.get("/my/policies?text=%25").text
    stranger = as_one("stranger")
    for page in (f"/my/policies/{policy.id}", f"{own}/pdf"):
        assert stranger.get(page).status_code == 404
    assert as_one("other").get(f"/staff/policies/{policy.id}").status_code == 404


def test_the_pages_of_the_office(session, act, as_one, town):
    writer = as_one("writer")
    given = {
        "agency_id": town.here.id,
        "number": "P-007",
        "title": "Leave",
        "kind": "policy",
        "agencies": [town.here.id],
        "topics": ["leave"],
        "text": "Ask early.",
        "effective_on": "2026-11-20",
        "acknowledge_days": "7",
    }
    for wrong in (
        {"text": "# x"},
        {"text": ""},
        {"effective_on": "2026-02-30"},
        {"agencies": [town.there.id]},
        {"agencies": []},
        {"acknowledge_days": "0"},
        {"kind": "law"},
        {"topics": ["x"]},
        {"agency_id": town.there.id},
    ):
        assert writer.post("/staff/policies/new", data=given | wrong).status_code == 422, wrong
    made = writer.post("/staff/policies/new", data=given)
    assert made.status_code == 303
    place = made.location
    assert writer.post("/staff/policies/new", data=given).status_code == 422  # the number is taken
    assert writer.post(f"{place}/submit").status_code == 303
    assert ">Decide<" not in writer.get(place).text
    second = as_one("second")
    assert "Policies to approve" in second.get("/staff/").text
    assert second.post(f"{place}/decide", data={"decision": "refuse"}).status_code == 422
    assert second.post(f"{place}/decide", data={"decision": "approve"}).status_code == 303
    session.expire_all()
    version = session.scalars(select(PolicyVersion)).one()
    page = second.get(f"{place}/versions/{version.id}/compliance").text
    assert "Reader" in page
    assert second.get(f"{place}/versions/{version.id}/compliance?state=overdue").text.count("Reader") == 0
    own = place.rpartition("/")[2]
    file = f"/staff/tables/personnel.policies.compliance?policy_id={own}&version_id={version.id}"
    taken = second.post(file, data={"columns": ["name", "state"], "form": "csv"})
    assert taken.data.decode("utf-8-sig").splitlines() == ["Name,State", "Late comer,waits", "Reader,waits"]
    assert second.get("/staff/tables/personnel.policies.compliance").status_code in (200, 404)
    changed = given | {"text": "Ask earlier.", "change_note": "Earlier", "effective_on": "2026-12-01"}
    assert second.post(f"{place}/edit", data=changed).status_code == 303
    session.expire_all()
    ids = [row.id for row in session.scalars(select(PolicyVersion).order_by(PolicyVersion.version))]
    page = second.get(f"{place}/compare/{ids[0]}/{ids[1]}").text
    assert "<ins><strong>Added:</strong> Ask earlier.</ins>" in page
    assert second.get(f"{place}?version=plv_x").status_code == 404
    assert second.get(f"{place}/versions/{ids[1]}/pdf").status_code == 200
