"""The people with an account to try: one for each role, several where a second person is needed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.accounts.agencies.services import add_agency
from app.accounts.grants.services import decide_role, end_role, install_role, propose_role
from app.accounts.roles import SENSITIVE, Role
from app.accounts.services import create_account
from app.demonstration import places
from app.demonstration.office import Office
from app.demonstration.places import HEALTH, LAKES, MAIN
from app.demonstration.timeline import Story
from app.platform.actors import ANONYMOUS, Actor

PASSWORD = "meritum-demonstration"  # noqa: S105 - shown on the sign-in page of a demonstration, and only there
DOMAIN = "meritum.example"
BEGAN = 420  # days ago: the office begins to work with Meritum
EVERYWHERE = None


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the cast: `key` begins the mail address, `part` says who it is, roles are by agency."""

    key: str
    name: str
    part: str
    roles: tuple[tuple[Role, str | None], ...] = ()

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


CAST = (
    Member("hr.officer", "Rosalind Okonjo", "HR officer", ((Role.HR_OFFICER, MAIN),)),
    Member("second.hr.officer", "Teodor Wrona", "Second HR officer", ((Role.HR_OFFICER, MAIN),)),
    Member("exam.officer", "Priscilla Tanaka", "Examination officer", ((Role.EXAM_OFFICER, MAIN),)),
    Member("key.custodian", "Ambrose Kallio", "Key custodian", ((Role.KEY_CUSTODIAN, MAIN),)),
    Member(
        "appointing.authority",
        "Consuelo Averill",
        "Appointing authority",
        ((Role.APPOINTING_AUTHORITY, MAIN),),
    ),
    Member(
        "grievance.officer", "Marguerite Oyelaran", "Grievance officer", ((Role.GRIEVANCE_OFFICER, MAIN),)
    ),
    Member("supervisor", "Desmond Achterberg", "Supervisor", ((Role.SUPERVISOR, MAIN),)),
    Member(
        "records.officer", "Ottilie Ravenscroft", "Records officer", ((Role.RECORDS_OFFICER, EVERYWHERE),)
    ),
    Member("auditor", "Philippa Nakamura", "Auditor", ((Role.AUDITOR, EVERYWHERE),)),
    Member(
        "agency.administrator",
        "Winifred Castellan",
        "Agency administrator",
        ((Role.AGENCY_ADMINISTRATOR, MAIN),),
    ),
    Member(
        "administrator",
        "Solveig Abernathy",
        "System administrator",
        ((Role.SYSTEM_ADMINISTRATOR, EVERYWHERE),),
    ),
    Member(
        "second.administrator",
        "Rafael Quimby",
        "Second system administrator",
        ((Role.SYSTEM_ADMINISTRATOR, EVERYWHERE),),
    ),
    Member("applicant", "Jasmine Featherstone", "Applicant with a place on a list"),
    Member("second.applicant", "Tobias Marchetti", "Applicant whose name is before an agency"),
    Member("third.applicant", "Ngaio Petrakis", "Applicant who was not eligible"),
    Member("employee", "Leopold Brightwater", "Employee", ((Role.EMPLOYEE, MAIN),)),
    Member("second.employee", "Clementine Rusk", "Employee with a disciplinary notice"),
    Member("health.hr.officer", "Anselm Droste", "HR officer of Health and Libraries"),
    Member("health.second.hr.officer", "Yusra Lindgren", "Second HR officer of Health and Libraries"),
    Member("lakes.hr.officer", "Maren Silvertree", "HR officer of Lakes and Forests"),
    Member("lakes.second.hr.officer", "Isidro Valcourt", "Second HR officer of Lakes and Forests"),
)
# They rate for the panels of two agencies, and see nothing else.
RATERS = (
    Member("rater", "Ingrid Palomar", "Rater of a panel"),
    Member("second.rater", "Cornelius Adeyemi", "Second rater"),
    Member("third.rater", "Beatrix Holloway", "Third rater"),
    Member("fourth.rater", "Emeka Lundqvist", "Fourth rater"),
)
_LATER_ROLES: tuple[tuple[str, Role, str], ...] = (
    ("health.hr.officer", Role.HR_OFFICER, HEALTH),
    ("health.second.hr.officer", Role.HR_OFFICER, HEALTH),
    ("lakes.hr.officer", Role.HR_OFFICER, LAKES),
    ("lakes.second.hr.officer", Role.HR_OFFICER, LAKES),
    ("appointing.authority", Role.APPOINTING_AUTHORITY, HEALTH),
    ("exam.officer", Role.EXAM_OFFICER, HEALTH),
    ("exam.officer", Role.EXAM_OFFICER, LAKES),
    ("key.custodian", Role.KEY_CUSTODIAN, HEALTH),
    ("key.custodian", Role.KEY_CUSTODIAN, LAKES),
    ("second.employee", Role.EMPLOYEE, MAIN),
)
# Two officers of each agency, who act and approve in turn.
OFFICERS = {
    MAIN: ("hr.officer", "second.hr.officer"),
    HEALTH: ("health.hr.officer", "health.second.hr.officer"),
    LAKES: ("lakes.hr.officer", "lakes.second.hr.officer"),
}


def listed() -> list[dict[str, str]]:
    """Give the accounts as the sign-in page shows them."""
    return [{"name": member.name, "role": member.part, "email": member.email} for member in (*CAST, *RATERS)]


def open_office(office: Office) -> Story:
    """Make the accounts, agencies and roles with which the office begins."""
    session, at = yield office.timeline.before(days=BEGAN)
    for member in CAST:
        register(session, office, member, at)
    for key in ("administrator", "second.administrator"):
        install_role(
            session,
            account_id=office.accounts[key],
            role=Role.SYSTEM_ADMINISTRATOR,
            agency_id=EVERYWHERE,
            at=at,
        )
    first = office.member(session, "administrator")
    for place in places.AGENCIES:
        values = {name: getattr(place, name) for name in place.__slots__}
        office.agencies[place.code] = add_agency(session, values=values, actor=first, at=at).id
    for member in CAST:
        for role, code in member.roles:
            if role is not Role.SYSTEM_ADMINISTRATOR:
                _give(session, office, member.email, role, code, at)
    for key, role, code in _LATER_ROLES:
        _give(session, office, f"{key}@{DOMAIN}", role, code, at)
    for member in RATERS:
        register(session, office, member, at)
        for code in (MAIN, HEALTH):
            _give(session, office, member.email, Role.RATER, code, at)


def change_roles(office: Office) -> Story:
    """Propose, refuse and end roles over the year, and leave some for a second administrator to decide."""
    timeline, zone = office.timeline, places.ZONES[MAIN]
    session, at = yield timeline.office(300, zone)
    newcomer = register(session, office, Member("former.rater", "Octavia Pell", ""), at)
    grant = _propose(session, office, "administrator", newcomer, Role.EXAM_OFFICER, MAIN, at)
    session, at = yield timeline.office(120, zone, 9)
    actor = office.member(session, "second.administrator")
    end_role(session, grant_id=grant, reason="Moved to the county on the first.", actor=actor, at=at)
    session, at = yield timeline.office(60, zone, 15)
    refused = _propose(session, office, "agency.administrator", newcomer, Role.KEY_CUSTODIAN, MAIN, at)
    session, at = yield timeline.office(57, zone, 11)
    _decide(session, office, refused, "Works for the county now; a custodian must be on our staff.", at)
    session, at = yield timeline.office(4, zone, 14)
    for by, name, key, role, code in (
        ("administrator", "Bartholomew Ngata", "second.custodian", Role.KEY_CUSTODIAN, MAIN),
        ("administrator", "Henrietta Solano", "county.auditor", Role.AUDITOR, EVERYWHERE),
        (
            "second.administrator",
            "Casimir Thornbury",
            "lakes.administrator",
            Role.AGENCY_ADMINISTRATOR,
            LAKES,
        ),
    ):
        account = register(session, office, Member(key, name, ""), at)
        _propose(session, office, by, account, role, code, at)


def register(session: Session, office: Office, member: Member, at: dt.datetime) -> str:
    """Make an account with the demonstration's password, and give its mail address."""
    account = create_account(
        session,
        email=member.email,
        name=member.name,
        password_hash=office.password_hash,
        actor=ANONYMOUS,
        at=at,
    )
    office.accounts[member.key] = account.id
    return member.email


def _give(
    session: Session, office: Office, email: str, role: Role, code: str | None, at: dt.datetime
) -> None:
    """Give a role, with the second administrator's consent where the role needs it."""
    grant = _propose(session, office, "administrator", email, role, code, at)
    if role in SENSITIVE:
        actor = office.member(session, "second.administrator")
        decide_role(session, grant_id=grant, accepts=True, reason="", actor=actor, at=at)


def _propose(
    session: Session,
    office: Office,
    by: str,
    email: str,
    role: Role,
    code: str | None,
    at: dt.datetime,
) -> str:
    agency_id = office.agencies[code] if code else None
    actor: Actor = office.member(session, by)
    return propose_role(session, email=email, role=role, agency_id=agency_id, actor=actor, at=at).id


def _decide(session: Session, office: Office, grant: str, reason: str, at: dt.datetime) -> None:
    actor = office.member(session, "second.administrator")
    decide_role(session, grant_id=grant, accepts=False, reason=reason, actor=actor, at=at)
