"""What officers do from a vacant position to a published vacancy, and with the applications it brings."""

from __future__ import annotations

from tests.browser.people import Person

JUSTIFICATION = "Two inspectors retired, and the storms of March damaged many street trees."
SUMMARY = "You look after the street trees of Riverton: you inspect them and say what has to be done."
TOO_SHORT = "One year and two months of such work are shown, not two years."
REQUIREMENTS = (
    ("Two years of work with trees, in a park, a nursery or a forest.", "Experience"),
    ("A driving licence.", "Licence or certificate"),
)


def asks_for_positions(hr: Person, title: str) -> None:
    hr.opens("/staff/requisitions")
    hr.presses("New requisition")
    for box in hr.page.get_by_role("checkbox", name="Tree inspector").all():
        box.check()
    hr.types("Title of the vacancy", title)
    hr.types("Why the positions must be filled", JUSTIFICATION)
    hr.ticks("City civil service, open competitive")
    hr.presses("Save the draft")
    hr.presses("Submit for approval")
    hr.reads("Submitted. A second officer can now decide.", "a second officer decides")


def approves_the_request(second: Person, title: str) -> None:
    second.lists_what_waits("Requisitions to decide")
    second.follows(title)
    second.presses("Decide")
    second.reads(JUSTIFICATION)
    second.ticks("Approve", within="Decision")
    second.presses("Record the decision")
    second.reads("Approved.")


def writes_the_posting(hr: Person, title: str) -> None:
    hr.opens("/staff/requisitions")
    hr.follows(title)
    hr.presses("Create posting")
    hr.types("Summary", SUMMARY)
    hr.types("Category", "Parks and gardens")
    hr.ticks("Full time")
    hr.ticks("Everyone")
    hr.types("What the person will do", "You inspect:\n\n- street trees\n- trees in parks")
    hr.types("What the person needs", "You know the trees of this region and work safely at height.")
    hr.presses("Save the draft")


def writes_the_requirements(hr: Person) -> None:
    hr.presses("Change the requirements")
    for number, (statement, kind) in enumerate(REQUIREMENTS, start=1):
        if number > 1:
            hr.presses("Add another requirement")
        hr.types("What is asked", statement, within=f"Requirement {number}")
        hr.picks("Kind", kind, within=f"Requirement {number}")
    hr.presses("Save the requirements")
    hr.reads("Requirements saved.", REQUIREMENTS[1][0])
    hr.presses("Submit for approval")


def approves_the_posting(second: Person, title: str) -> None:
    second.lists_what_waits("Postings to approve")
    second.follows(title)
    second.reads(SUMMARY)
    second.presses("Approve")
    second.reads("Approved. The posting can now be published.")


def publishes(hr: Person, title: str) -> None:
    hr.opens("/staff/postings")
    hr.follows(title)
    hr.presses("Publish")
    hr.presses("Publish the posting")
    hr.reads("Published. Everyone can read the vacancy now.")


def begins_to_screen(hr: Person, title: str) -> None:
    hr.lists_what_waits("Applications to screen")
    hr.follows(title)
    hr.presses("Screen the next application")


def screens(hr: Person, ineligible: str) -> None:
    """Screen what the page shows, and go on to the next; one person lacks the first requirement."""
    is_unmet = ineligible in hr.page.locator("h1").inner_text()
    for number in range(1, len(REQUIREMENTS) + 1):
        is_met = not (is_unmet and number == 1)
        hr.ticks("Met" if is_met else "Not met", exact=True, within=f"Requirement {number}")
        reason = "The post since March 2020 shows it." if is_met else TOO_SHORT
        hr.types(f"Reason for requirement {number}", reason)
    hr.ticks("Not eligible" if is_unmet else "Eligible", exact=True, within="Outcome")
    hr.types("Reason for the outcome", "An essential requirement is not met." if is_unmet else "All are met.")
    hr.presses("Save and screen the next")


def verifies_the_claim(hr: Person, name: str) -> None:
    hr.lists_what_waits("Preference claims to verify")
    hr.follows(name)
    assert hr.downloads("discharge.pdf").startswith(b"%PDF-")
    hr.ticks("Yes, the claim is verified")
    hr.types("Reason", "The discharge paper shows service under honorable conditions.")
    hr.presses("Save the decision")
    hr.reads("Verified")
