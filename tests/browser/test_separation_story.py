"""Somebody resigns on a telephone, several people clear what they sign for, and the post is advertised."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.personnel.separations.models import Separation
from app.platform import clock
from app.platform.ids import new_id
from app.platform.jobs import Job, JobState
from tests.browser import office
from tests.browser.people import PHONE, Person
from tests.browser.serving import Site, serving
from tests.browser.steps_letters import downloads_a_letter, has_letters
from tests.factories.accounts import make_account, make_agency
from tests.factories.leave import make_entry, make_regime
from tests.factories.personnel import make_appointment, make_employee, make_position

pytestmark = pytest.mark.browser
SERVING = ("Hana Head", "Lena Leaver", "Kit Keeper", "Ines Inkwell", "Finn Farthing")
DESKS = {"kit": "Facilities desk", "ines": "Information technology desk", "finn": "Finance desk"}
STEPS = {
    "hana": ("Work handed over to the supervisor",),
    "kit": ("Keys, badge and parking card returned",),
    "ines": ("Computer, telephone and other property returned", "Access to systems ends with the last day"),
    "finn": ("Advances, purchase cards and debts settled",),
    "rosa": ("Leave balance and last pay checked",),
}


def fill(session: Session) -> dict[str, str]:
    """An office of five who serve, of whom one stands above the others, and two officers."""
    agency = make_agency(session, name="Harbor Commission")
    make_regime(session, agency)
    people, above = {}, None
    for name in SERVING:
        account = make_account(session, name=name)
        post = make_position(session, agency=agency, reports_to_id=above)
        employee = make_employee(session, agency=agency, account_id=account.id, name=name)
        make_appointment(session, position=post, employee=employee)
        make_entry(session, employee, 60 * 60)
        people[name.split()[0].lower()] = account.email
        above = above or post.id
    for name in ("Rosa Delgado", "Samuel Okoro"):
        officer = make_account(session, name=name, roles=[(Role.HR_OFFICER, agency.id)])
        people[name.split()[0].lower()] = officer.email
    return people


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An office of this story's own."""
    with serving(tmp_path_factory.mktemp("separation"), fill) as started:
        yield started


def test_somebody_leaves_from_the_notice_to_the_advertisement(person, site):
    lena, rosa = person("lena", viewport=PHONE), person("rosa")
    lena.signs_in()
    resigns(lena)
    rosa.signs_in()
    accepts(rosa)
    names_desks(rosa, site)
    for name in ("hana", "kit", "ines", "finn"):
        signer = person(name, viewport=PHONE)
        signer.signs_in()
        if name == "hana":
            looks_at_the_team(signer)
        signs(signer, *STEPS[name])
    follows_the_clearance(lena)
    answers_the_questions(lena)
    rosa.opens("/staff/")
    rosa.reads("Clearance steps to sign off")
    signs(rosa, *STEPS["rosa"], begins="/my/clearances")
    last_day_passes(site)
    waits_until_gone(rosa)
    has_letters(lena, "Certificate of service", "Your final statement of leave")
    assert len(downloads_a_letter(lena, "Certificate of service")) > 5000
    finishes_and_advertises(rosa)


def enters(somebody: Person, name: str, day: dt.date) -> None:
    somebody.fills(
        **{f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
    )


def resigns(lena: Person) -> None:
    lena.opens("/my/employment")
    lena.follows("Leaving service", exact=True)
    lena.presses("Resign or retire")
    lena.presses("Hand it in")
    lena.reads("Select whether you resign or retire", "Enter the last day of service")
    lena.ticks("Resign")
    enters(lena, "last_day", dt.date(2020, 2, 29))
    lena.types("Your reasons", "I go back to school.")
    lena.presses("Hand it in")
    lena.reads("Service began on")
    enters(lena, "last_day", clock.now().date() + dt.timedelta(days=20))
    lena.shows("separation-request")
    lena.presses("Hand it in")
    lena.reads("Handed in. The office answers by mail.", "Resignation: waits for the office")


def accepts(rosa: Person) -> None:
    rosa.opens("/staff/separations")
    rosa.follows("Lena Leaver")
    rosa.presses("Decide")
    rosa.ticks("Accept")
    rosa.presses("Decide")
    rosa.reads("Decided. The person is told by mail.", "Nobody is named")
    rosa.shows("separation-accepted")


def names_desks(rosa: Person, site: Site) -> None:
    """Say who signs for each desk; the office signs for none of them."""
    rosa.reads("Hana Head")
    address = rosa.page.url
    rosa.opens(f"/staff/agencies/{agency_id(site)}/separation-rules")
    rosa.reads("Nobody")
    for name, desk in DESKS.items():
        rosa.presses("Name who signs for a desk")
        rosa.picks("Desk", desk)
        rosa.types("Email address of who signs", site.people["rosa"])
        rosa.presses("Name this person")
        rosa.reads("You cannot name yourself")
        rosa.types("Email address of who signs", site.people[name])
        rosa.presses("Name this person")
        rosa.reads("Named.")
    rosa.shows("separation-rules")
    rosa.opens(address)
    rosa.reads_nothing_of("Nobody is named")


def agency_id(site: Site) -> str:
    with office._changing(site) as session:
        return session.scalars(select(Separation.agency_id)).one()


def looks_at_the_team(hana: Person) -> None:
    hana.opens("/my/team")
    hana.follows("Lena Leaver")
    hana.follows("Leaving service", exact=True)
    hana.reads("Resignation, accepted.", "Work handed over to the supervisor")
    hana.shows("separation-team")


def signs(signer: Person, *titles: str, begins: str = "/my/employment") -> None:
    signer.opens(begins)
    if begins == "/my/employment":
        signer.follows("Clearances to sign", exact=True)
    assert signer.page.get_by_role("row").filter(has_text="Lena Leaver").count() == len(titles)
    for title in titles:
        signer.shows("separation-to-sign")
        signer.follows(title)
        signer.types("Note", "All is here.")
        signer.shows("separation-sign")
        signer.presses("Sign it off")
        signer.reads(f"Signed off: {title}.")
    signer.reads("Nothing waits for your signature.")


def follows_the_clearance(lena: Person) -> None:
    lena.opens("/my/separation")
    lena.reads("Resignation: accepted", "Done", "All is here.", "Leave balance and last pay checked")
    lena.shows("separation-own")


def answers_the_questions(lena: Person) -> None:
    lena.follows("Answer a few questions")
    lena.presses("Send my answers")
    lena.reads("Answer one question at least")
    lena.ticks("4", within="The work was what I was told it would be.")
    lena.types("What should the office know?", "The pier is cold.")
    lena.presses("Send my answers")
    lena.reads("Thank you.", "You have answered the questions.")


def last_day_passes(site: Site) -> None:
    """Put the last day before today, and let the server's clock look now."""
    at = clock.now()
    with office._changing(site) as session:
        session.execute(update(Separation).values(last_day=at.date() - dt.timedelta(days=3)))
        session.add(
            Job(
                id=new_id("job"),
                name="personnel.watch_separations",
                key=f"story:{at.isoformat()}",
                payload={},
                state=JobState.WAITING,
                run_at=at - dt.timedelta(days=3650),
                created_at=at,
            )
        )


def waits_until_gone(rosa: Person) -> None:
    rosa.opens("/staff/separations")
    rosa.follows("Lena Leaver")
    for _ in range(60):
        if "In effect" in rosa.text():
            break
        time.sleep(0.5)
        rosa.page.reload()
    rosa.reads("In effect, not all cleared", "Leave left on the last day", "Paid in a lump sum")
    left = rosa.page.get_by_role("row", name="Annual leave").get_by_role("cell").all_inner_texts()
    # what was earned this year is posted by a clock of its own, which may come before or after
    assert left[1] == left[2]
    assert float(left[1]) >= 60


def finishes_and_advertises(rosa: Person) -> None:
    rosa.presses("Finish")
    rosa.reads("Finished.")
    rosa.shows("separation-finished")
    rosa.presses("Advertise this position")
    assert rosa.page.locator("[value='Records analyst']").count() == 1
    rosa.shows("separation-advertise")
