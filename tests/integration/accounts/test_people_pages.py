"""People and roles in the browser: who sees whom, and what they may do there."""

from __future__ import annotations

import pytest

from app.accounts.grants.queries import PAGE
from app.accounts.grants.states import GrantState
from app.accounts.models import RoleGrant
from app.accounts.roles import Role
from app.platform.ids import new_id
from tests.conftest import count_queries, sign_in
from tests.factories.accounts import LONG_AGO, make_account, make_agency

UNKNOWN = "0" * 26


@pytest.fixture
def here(session):
    return make_agency(session, name="Parks", code="PARKS")


@pytest.fixture
def there(session):
    return make_agency(session, name="Roads", code="ROADS")


@pytest.fixture
def boss(session, here):
    return make_account(session, name="Bea Boss", roles=[(Role.AGENCY_ADMINISTRATOR, here.id)])


@pytest.fixture
def second(session, here):
    return make_account(session, name="Sol Second", roles=[(Role.AGENCY_ADMINISTRATOR, here.id)])


@pytest.fixture
def chief(session):
    return make_account(session, name="Chi Chief", roles=[(Role.SYSTEM_ADMINISTRATOR, None)])


@pytest.fixture
def ann(session, here):
    return make_account(
        session, email="ann@city.example", name="Ann Ames", roles=[(Role.HR_OFFICER, here.id)]
    )


@pytest.fixture
def strangers(session, there):
    """Somebody of another agency, and an applicant."""
    return [
        make_account(session, name="Rob Roads", roles=[(Role.HR_OFFICER, there.id)]),
        make_account(session, name="Abe Applicant"),
    ]


def grant_of(session, account):
    session.expire_all()
    return session.query(RoleGrant).filter_by(account_id=account.id).order_by(RoleGrant.id.desc()).first()


def names_on(page):
    known = ("Ann Ames", "Bea Boss", "Chi Chief", "Rob Roads", "Abe Applicant")
    return {name for name in known if f">{name}</a></td>" in page}


class TestList:
    def test_an_agencys_administrator_sees_the_agencys_people(self, client, boss, ann, chief, strangers):
        sign_in(client, boss)
        assert names_on(client.get("/staff/accounts").text) == {"Ann Ames", "Bea Boss"}

    def test_a_system_administrator_sees_everyone(self, client, boss, ann, chief, strangers):
        sign_in(client, chief)
        assert names_on(client.get("/staff/accounts").text) == {
            "Ann Ames",
            "Bea Boss",
            "Chi Chief",
            "Rob Roads",
            "Abe Applicant",
        }

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("q=ann", {"Ann Ames"}),
            ("q=ANN@CITY", {"Ann Ames"}),
            ("q=%25", set()),
            ("q=_", set()),
            ("q=nobody", set()),
            ("role=hr_officer", {"Ann Ames"}),
            ("role=hr_officer&q=bea", set()),
            ("role=agency_administrator", {"Bea Boss"}),
            ("q=Rob", set()),
            ("q=&role=&agency=", {"Ann Ames", "Bea Boss"}),
        ],
    )
    def test_the_list_is_searched_within_what_one_may_see(self, client, boss, ann, strangers, query, names):
        sign_in(client, boss)
        answer = client.get(f"/staff/accounts?{query}")
        assert answer.status_code == 200
        assert names_on(answer.text) == names

    def test_it_is_narrowed_to_an_agency(self, client, chief, ann, boss, there, strangers):
        sign_in(client, chief)
        assert names_on(client.get(f"/staff/accounts?agency={there.id}").text) == {"Rob Roads"}

    @pytest.mark.parametrize(
        "query",
        [
            "q=%00",
            "q=" + "x" * 900,
            "role=nothing",
            "agency=agy_" + UNKNOWN,
            "agency=%00",
            "after=x",
            "after=%00",
            "after=acc_" + UNKNOWN,
            "sort=x&page=-1",
        ],
    )
    def test_a_wrong_question_is_no_error(self, client, boss, query):
        sign_in(client, boss)
        assert client.get(f"/staff/accounts?{query}").status_code == 200

    def test_pages_follow_each_other_without_gap_or_repeat(self, client, session, here, boss):
        names = [f"Person {number:03}" for number in range(PAGE + 3)]
        for name in reversed(names):
            make_account(session, name=name, roles=[(Role.EMPLOYEE, here.id)])
        make_account(session, name=names[PAGE - 1], roles=[(Role.EMPLOYEE, here.id)])
        sign_in(client, boss)
        first = client.get("/staff/accounts?role=employee")
        following = first.text.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
        second = client.get(following)
        shown = [
            text.partition("<")[0] for page in (first, second) for text in page.text.split('">Person ')[1:]
        ]
        assert shown == sorted([name[7:] for name in [*names, names[PAGE - 1]]])
        assert 'rel="next"' not in second.text
        assert f"{PAGE + 4} people, {PAGE} shown" in first.text

    def test_more_people_cost_no_more_queries(self, client, session, database, here, boss, ann):
        sign_in(client, boss)
        client.get("/staff/accounts")
        with count_queries(database) as one:
            client.get("/staff/accounts")
        for _ in range(3):
            make_account(session, roles=[(Role.EMPLOYEE, here.id), (Role.SUPERVISOR, here.id)])
        with count_queries(database) as more:
            client.get("/staff/accounts")
        assert len(more) == len(one)


@pytest.mark.parametrize("role", [role for role in Role if "administrator" not in role.value])
def test_who_is_no_administrator_changes_nothing(client, session, here, ann, role):
    sign_in(client, make_account(session, roles=[(role, here.id)]))
    held = grant_of(session, ann)
    paths = [
        "/staff/role-grants/new",
        f"/staff/role-grants/{held.id}/end",
        f"/staff/role-grants/{held.id}/decide",
    ]
    assert [client.post(path, data={"reason": "x"}).status_code for path in paths] == [403] * 3
    seen = [client.get(path).status_code for path in ("/staff/accounts", f"/staff/accounts/{ann.id}")]
    assert seen == ([200, 200] if role is Role.AUDITOR else [403, 403])


def test_an_auditor_is_offered_no_acts(client, session, here, ann):
    sign_in(client, make_account(session, roles=[(Role.AUDITOR, None)]))
    page = client.get(f"/staff/accounts/{ann.id}").text
    assert "role-grants" not in page
    assert "Give someone a role" not in client.get("/staff/accounts").text


@pytest.mark.parametrize("account_id", ["acc_" + UNKNOWN, "acc_x", "%00", "emp_" + UNKNOWN])
def test_an_unknown_person_is_not_found(client, boss, account_id):
    sign_in(client, boss)
    assert client.get(f"/staff/accounts/{account_id}").status_code == 404


def test_people_of_other_agencies_are_not_found(client, boss, strangers):
    sign_in(client, boss)
    assert [client.get(f"/staff/accounts/{person.id}").status_code for person in strangers] == [404, 404]


def test_a_role_is_given_from_the_page(client, session, here, there, boss, strangers):
    sign_in(client, boss)
    page = client.get("/staff/role-grants/new?email=ann@city.example").text
    assert 'value="ann@city.example"' in page
    assert "Parks" in page
    assert "Roads" not in page
    assert "All agencies" not in page
    applicant = strangers[1]
    answer = client.post(
        "/staff/role-grants/new",
        data={"email": applicant.email, "role": "exam_officer", "agency_id": here.id},
        follow_redirects=True,
    )
    assert "The role is given." in answer.text
    assert Role.EXAM_OFFICER.title in answer.text
    assert "Role proposed or given" in answer.text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"email": ""}, "Enter email address of the person"),
        ({"email": "nobody@city.example"}, "No account has this email address."),
        ({"email": "a\0@city.example"}, "contains characters that cannot be saved"),
        ({"role": "king"}, "Select one of the choices on the page"),
        ({"role": "applicant"}, "Select one of the choices on the page"),
        ({"role": ""}, "Select role"),
        ({"agency_id": ""}, "Select agency"),
        ({"agency_id": "all"}, "Select one of the choices on the page"),
        ({"agency_id": "agy_" + UNKNOWN}, "Select one of the choices on the page"),
        ({"role": "hr_officer"}, "This person already holds, or is proposed for, this role."),
    ],
)
def test_what_is_wrong_with_a_role_is_told(client, session, here, boss, ann, changed, sentence):
    sign_in(client, boss)
    given = {"email": ann.email, "role": "exam_officer", "agency_id": here.id}
    answer = client.post("/staff/role-grants/new", data=given | changed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert session.query(RoleGrant).filter_by(account_id=ann.id).count() == 1


def test_a_sensitive_role_goes_through_two_browsers(app, client, session, here, boss, second, ann):
    sign_in(client, boss)
    answer = client.post(
        "/staff/role-grants/new",
        data={"email": ann.email, "role": "key_custodian", "agency_id": here.id},
        follow_redirects=True,
    )
    assert "It takes effect when another administrator agrees." in answer.text
    grant = grant_of(session, ann)
    decide = f"/staff/role-grants/{grant.id}/decide"
    assert "Another administrator" in client.get("/staff/role-grants").text
    assert client.post(decide, data={"decision": "accept"}).status_code == 403
    other = sign_in(app.test_client(), second)
    assert decide in other.get("/staff/role-grants").text
    assert "1 role waits for a decision." in other.get("/staff/accounts").text
    assert other.post(decide, data={}).status_code == 422
    assert "Enter the reason for refusing" in other.post(decide, data={"decision": "refuse"}).text
    assert other.post(decide, data={"decision": "accept"}).location == f"/staff/accounts/{ann.id}"
    assert grant_of(session, ann).state is GrantState.ACTIVE
    again = other.post(decide, data={"decision": "accept"})
    assert again.status_code == 422
    assert "This role is already in force." in again.text


def test_a_role_is_ended_from_the_page(client, session, here, boss, ann):
    sign_in(client, boss)
    path = f"/staff/role-grants/{grant_of(session, ann).id}/end"
    assert client.get(path).status_code == 200
    refused = client.post(path, data={"reason": " "})
    assert refused.status_code == 422
    assert "Enter the reason for ending the role" in refused.text
    assert client.post(path, data={"reason": "x" * 501}).status_code == 422
    answer = client.post(path, data={"reason": "Left the office."}, follow_redirects=True)
    assert "The role has ended." in answer.text
    assert "Left the office." in answer.text
    assert grant_of(session, ann).state is GrantState.ENDED


def test_an_ended_role_opens_nothing_from_then_on(app, client, session, boss, ann):
    officer = sign_in(app.test_client(), ann)
    assert officer.get("/staff/letters").status_code == 200
    sign_in(client, boss)
    client.post(f"/staff/role-grants/{grant_of(session, ann).id}/end", data={"reason": "Left."})
    assert officer.get("/staff/letters").status_code == 403


def test_nobody_ends_their_own_role_by_its_address(client, session, boss):
    sign_in(client, boss)
    path = f"/staff/role-grants/{grant_of(session, boss).id}/end"
    assert client.post(path, data={"reason": "x"}).status_code == 403
    assert path not in client.get(f"/staff/accounts/{boss.id}").text


def test_the_history_hides_what_concerns_other_agencies(app, client, session, here, there, boss, chief, ann):
    sign_in(client, chief)
    for agency in (here, there):
        client.post(
            "/staff/role-grants/new",
            data={"email": ann.email, "role": "supervisor", "agency_id": agency.id},
        )
    seen_by_boss = sign_in(app.test_client(), boss).get(f"/staff/accounts/{ann.id}").text
    assert client.get(f"/staff/accounts/{ann.id}").text.count("Role proposed or given") == 2
    assert seen_by_boss.count("Role proposed or given") == 1


def test_every_state_of_a_role_is_shown(client, session, here, boss, ann):
    for state, more in [
        (GrantState.PROPOSED, {}),
        (GrantState.REFUSED, {"decision_reason": "Not now.", "decided_by": boss.id, "decided_at": LONG_AGO}),
        (GrantState.ENDED, {"end_reason": "Left.", "ended_at": LONG_AGO}),
    ]:
        session.add(
            RoleGrant(
                id=new_id("rgt"),
                account_id=ann.id,
                role=Role.SUPERVISOR,
                agency_id=here.id,
                state=state,
                granted_at=LONG_AGO,
                **more,
            )
        )
    session.flush()
    sign_in(client, boss)
    page = client.get(f"/staff/accounts/{ann.id}").text
    assert [word in page for word in ("Active", "Proposed", "Refused", "Ended", "Not now.", "Left.")] == [
        True
    ] * 6
