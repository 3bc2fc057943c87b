"""What a person does in the profile, and what officers do with the claims that stand in it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser import steps_applicant as applicants
from tests.browser.people import Person
from tests.factories.files import make_docx, make_pdf, make_photo

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def opens_an_empty_profile(person: Person) -> None:
    person.follows("My profile")
    person.reads("Enter it once.", "Empty")
    person.shows("profile-empty")


def says_who_they_are(person: Person) -> None:
    person.follows("Name and date of birth")
    person.fills(full_name="")
    person.presses("Save and continue")
    person.reads("There is a problem", "Enter full name")
    person.fills(full_name="Tomás Ibáñez 王")
    person.fills(**{"born_on-day": "27", "born_on-month": "3", "born_on-year": "1990"})
    person.presses("Save and continue")
    person.reads("Saved")


def says_how_to_be_reached(person: Person) -> None:
    person.follows("Contact details")
    person.types("Telephone number", "+1 212 555 0188")
    person.presses("Save and come back later")
    person.follows("Contact details")
    expect(person.page.get_by_label("Telephone number")).to_have_value("+1 212 555 0188")
    person.opens("/my/profile")


def adds_a_licence(person: Person) -> None:
    person.follows("Licences and certificates")
    person.reads("You have not added a licence or certificate yet.")
    person.presses("Add a licence or certificate")
    person.types("Licence or certificate", "Forklift operator")
    person.types("Issued by", "State of New York")
    person.fills(**{"issued_on-day": "1", "issued_on-month": "4", "issued_on-year": "2019"})
    person.fills(**{"expires_on-day": "31", "expires_on-month": "3", "expires_on-year": "2022"})
    person.presses("Save and continue")
    person.reads("Forklift operator", "Expired", "It expired on 31 March 2022.")
    person.follows("Back to my profile")


def adds_a_language(person: Person) -> None:
    person.follows("Languages", exact=True)
    person.presses("Add a language")
    person.page.get_by_role("textbox", name="Language").fill("Español")
    person.picks("How well you speak it", "As well as the best speakers (C2)")
    person.presses("Save and continue")
    person.reads("Español", "As well as the best speakers (C2)")
    person.follows("Back to my profile")


def claims_to_be_a_veteran(person: Person) -> None:
    person.follows("Claims to preference")
    person.reads("You claim no preference.")
    person.presses("Claim a preference")
    person.page.get_by_label("Veteran", exact=True).check()
    person.presses("Continue")
    person.reads("PDF or Word (DOCX), 5 MB at most.")
    chooses(person, ("DD214.jpg", "image/jpeg", make_photo((1600, 1200), turned=True)))
    person.presses("Upload")
    person.reads("Evidence added", "DD214.jpg")
    person.shows("profile-claims")


def uploads_a_diploma_after_a_mistake(person: Person) -> None:
    person.opens("/my/profile/documents/add")
    chooses(person, ("diploma.pdf", "application/pdf", make_pdf()))
    person.presses("Upload")
    person.reads("Select what the document is", "diploma.pdf was uploaded and is kept.")
    person.ticks("Diploma or transcript")
    person.presses("Upload")
    person.reads("diploma.pdf", "Diploma or transcript")


def is_refused_a_file_with_a_macro(person: Person) -> None:
    person.presses("Add a document")
    person.ticks("Résumé")
    chooses(person, ("cv.docx", WORD, make_docx(parts={"word/vbaProject.bin": b"macro"})))
    person.presses("Upload")
    person.reads("This Word document can run a program.")
    person.opens("/my/profile/documents")
    person.reads("diploma.pdf")
    person.shows("profile-documents")


def chooses(person: Person, *files: tuple[str, str, bytes]) -> None:
    person.page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": kind, "buffer": content} for name, kind, content in files]
    )


def applies_with_the_claim(person: Person, draft: str) -> str:
    """Take the profile's claim up in a draft, use a document of the profile, and submit it."""
    person.opens(f"{draft}/claims")
    expect(person.page.get_by_label("Veteran", exact=True)).to_be_checked()
    person.presses("Save and continue")
    person.reads("Evidence added", "DD214.jpg")
    person.opens(f"{draft}/documents")
    person.follows("Use one of my documents")
    person.ticks("diploma.pdf")
    person.presses("Use this document")
    person.reads("diploma.pdf")
    number, _digest = applicants.declares_and_submits(person, draft)
    return number


def looks_at_the_photo_and_refuses(officer: Person, vacancy: str, number: str) -> None:
    officer.follows("Claims", exact=True)
    officer.reads(vacancy, "DD214.jpg", "No virus scanner is set up here")
    officer.shows("claims-queue")
    officer.follows("Ada Example")
    officer.reads(number, "Each opening of a paper is recorded.", "Not scanned for viruses")
    photo = officer.page.locator("img.merit-evidence")
    expect(photo).to_be_visible()
    assert photo.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [1200, 1600]
    officer.shows("claim-decision")
    officer.ticks("No, the claim is refused")
    officer.types("Reason", "The paper names another person.")
    officer.presses("Save the decision")
    officer.reads("Refused", "The paper names another person.")


def reads_why_and_appeals(person: Person) -> None:
    person.opens("/my/profile/claims")
    person.reads("Refused", "The paper names another person.")
    person.follows("Appeal against this decision")
    person.types("Why is the decision wrong?", "I took my wife's name in 2019.")
    person.presses("Send the appeal")
    person.reads("You have appealed.")


def may_not_decide_the_appeal(officer: Person) -> None:
    officer.opens("/staff/claims")
    officer.reads("Appeal")
    officer.follows("Ada Example")
    officer.reads("I took my wife's name in 2019.")
    officer.ticks("Yes, the claim is verified")
    officer.types("Reason", "Well then.")
    officer.presses("Save the decision")
    officer.reads("Another officer must decide now.")


def verifies_on_appeal(officer: Person) -> None:
    officer.opens("/staff/claims")
    officer.follows("Ada Example")
    officer.ticks("Yes, the claim is verified")
    officer.types("Reason", "The change of name is proved.")
    officer.presses("Save the decision")
    officer.reads("Verified")


def reads_that_it_is_verified(person: Person) -> None:
    person.opens("/my/profile/claims")
    person.reads("Verified", "The change of name is proved.")
    person.shows("claims-verified")


def verifies_again_with_one_click(officer: Person) -> None:
    officer.opens("/staff/claims")
    officer.reads("Verified by Samuel Okoro")
    officer.shows("claims-verified-before")
    officer.follows("Ada Example")
    officer.reads("Verified before by Samuel Okoro", "The change of name is proved.")
    officer.presses("Verify again on this ground")
    officer.reads("The claim is verified.")
