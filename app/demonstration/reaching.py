"""How people in service are reached, as they stated it themselves."""

from __future__ import annotations

from app.demonstration import places
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Story
from app.personnel.contacts.rules import Contacts
from app.personnel.contacts.services import set_own

STATED = {
    "employee": Contacts(
        telephone="+1 555 555 0164",
        address="41 Cooper Lane, Apartment 3\nLarkhaven",
        first_name="Marguerite Brightwater",
        first_relation="mother",
        first_telephone="+1 555 555 0131",
        second_name="Pascal Doyle",
        second_relation="neighbor",
        second_telephone="+1 555 555 0177",
    ),
    "supervisor": Contacts(
        telephone="+1 555 555 0112",
        address="8 Millrace Row\nLarkhaven",
        first_name="Ilse Achterberg",
        first_relation="wife",
        first_telephone="+1 555 555 0119",
    ),
}


def tell(office: Office) -> Story:
    """Let some of the cast say whom to tell in an emergency; second.employee@ has not yet."""
    session, at = yield office.timeline.office(48, places.ZONES[MAIN], 12, 10)
    for key, contacts in STATED.items():
        set_own(session, contacts=contacts, actor=office.member(session, key), at=at)
