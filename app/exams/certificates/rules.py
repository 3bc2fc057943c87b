"""Who may be considered for a vacancy now, what may lawfully be done with each name, and why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from app.exams import merit
from app.exams.certificates.states import CertificateState, Outcome
from app.exams.merit_lists.states import ListState
from app.platform.errors import Conflict, Invalid

# Which rules of selection speak of preference eligibles: passing one over needs a second person's approval.
# 5 U.S.C. 3318(c) and 3319(c)(7), read 2026-11-22.
APPROVED_PASS_OVER = frozenset({"no-preference-passed-over", "preference-in-order", "preference-at-head"})
GONE = frozenset({Outcome.APPOINTED, Outcome.DECLINED})


@dataclass(frozen=True, slots=True)
class Code:
    """A reason that may be recorded; `evidence` says what has to be on file, in words."""

    title: str
    evidence: str
    leaves_list: bool = False


DECLINES: Mapping[str, Code] = {
    "pay": Code("Pay", "The candidate's answer: its date, and how it came."),
    "location": Code("Place of work", "The candidate's answer: its date, and how it came."),
    "hours": Code("Hours or kind of appointment", "The candidate's answer: its date, how it came."),
    "unavailable": Code("Not available now", "The candidate's answer, and until when."),
    "no_reply": Code("No reply", "When and how the offer was sent, and when the time to answer ended."),
    "leaves_list": Code(
        "Wants no post from this list", "The candidate's own statement: its date, how it came.", True
    ),
}
PASS_OVERS: Mapping[str, Code] = {
    "better_qualified": Code("Another name in reach fits the duties better", "What the comparison rests on."),
    "requirement": Code("Lacks something that the post needs", "The requirement, and what was found."),
    "background": Code("Background check", "The finding, and the date of the report."),
    "conduct": Code("Conduct in earlier service", "What happened, when, and who recorded it."),
}


@dataclass(frozen=True, slots=True)
class Name:
    """One name on a certificate as the rules see it."""

    number: str
    outcome: Outcome
    is_approved: bool
    has_preference: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What may be done with a name now; `refusals` are sentences with their citations."""

    is_lawful: bool
    in_reach: bool
    refusals: tuple[str, ...]


def check_request(
    *,
    list_state: ListState,
    in_force: bool,
    requisition_approved: bool,
    same_agency: bool,
    same_class: bool,
    vacant: int,
    vacancies: int,
) -> None:
    """Raise Conflict or Invalid unless names may be asked for from this list for this requisition."""
    if list_state is not ListState.PUBLISHED:
        raise Conflict("Names are certified from a published list only.")
    if not in_force:
        raise Conflict("This list has ended, so nobody can be certified from it.")
    if not same_agency or not requisition_approved:
        raise Invalid(requisition_id="Select an approved requisition of this agency.")
    if not same_class:
        raise Invalid(requisition_id="The positions are of another class than this list was made for.")
    if not 1 <= vacancies <= vacant:
        positions = "1 vacant position" if vacant == 1 else f"{vacant} vacant positions"
        raise Invalid(
            vacancies=f"The requisition has {positions}. Enter a number from 1 to {max(vacant, 1)}."
        )


def demand_other_person(actor_id: str | None, requested_by: str | None, scored_by: str | None) -> None:
    """Raise Conflict when who issues a certificate asked for it or drafted its list."""
    if actor_id is None or actor_id == requested_by:
        raise Conflict("You asked for this certificate, so a second HR officer has to issue it.")
    demand_not_scorer(actor_id, scored_by)


def demand_not_scorer(actor_id: str | None, scored_by: str | None) -> None:
    """Raise Conflict when who certifies names drafted the list that they come from."""
    if actor_id == scored_by:
        raise Conflict("You drafted the list that these names come from, so you cannot certify them.")


def form(
    book: merit.Rulebook,
    names: Sequence[merit.Eligible],
    *,
    vacancies: int,
    issued_on: dt.date,
    unavailable: Collection[str],
    certified: Sequence[str] = (),
) -> merit.Certificate:
    """Form a certificate from a list's eligible names, or an issued one again with the names it certified.

    `unavailable` are candidate numbers of people who were appointed elsewhere or left the list.
    """
    try:
        formed = merit.certify(
            book, names, issued_on=issued_on, vacancies=vacancies, unavailable=set(unavailable)
        )
    except merit.MeritError as error:
        raise Conflict(f"Names cannot be certified. {error}") from error
    if not certified:
        return formed
    by_number = {name.candidate_id: name for name in names}
    left = [number for number in certified if number not in unavailable]
    return replace(formed, names=tuple(by_number[number] for number in left))


def next_sentence(book: merit.Rulebook, formed: merit.Certificate) -> str:
    """Say who may be considered for the next appointment."""
    if book.certification is None or not book.certification.reform:
        return formed.sentence
    one = merit.certify(book, (), issued_on=formed.issued_on, vacancies=1).sentence
    return f"For the next vacancy: {one[:1].lower()}{one[1:]}"


def evidence(names: Sequence[Name]) -> merit.Evidence:
    """Give what is on file about names that were passed over."""
    passed = [name for name in names if name.outcome is Outcome.PASSED_OVER]
    approved = [name.number for name in passed if name.is_approved]
    return merit.Evidence(
        pass_overs=approved, written_reasons=[name.number for name in passed], cause_shown=approved
    )


def judge(
    book: merit.Rulebook, certificate: merit.Certificate, names: Sequence[Name], number: str, on: dt.date
) -> merit.Ruling:
    """Judge whether a name may be appointed now, with all that was decided on the certificate so far."""
    gone = [name.number for name in names if name.outcome in GONE]
    (ruling,) = merit.check_selection(
        book, certificate, [number], on=on, evidence=evidence(names), unavailable=gone
    )
    return ruling


def standing_of(ruling: merit.Ruling) -> Standing:
    """Put a ruling into words, each refusal with the rule it follows from."""
    sentences = tuple(refusal_sentence(refusal) for refusal in ruling.refusals)
    return Standing(ruling.lawful, ruling.selected in ruling.reach, sentences)


def refusal_sentence(refusal: merit.Refusal) -> str:
    """Say why, who stands in the way by candidate number, and where the rule is written."""
    people = f" In the way: {', '.join(refusal.people[:10])}." if refusal.people else ""
    cited = f" Rule: {refusal.citation}." if refusal.citation else ""
    return f"{refusal.sentence}{people}{cited}"


def demand_lawful(ruling: merit.Ruling) -> None:
    """Raise Conflict, with the sentence and citation of each broken rule, unless the selection is lawful."""
    if not ruling.lawful:
        refused = " ".join(refusal_sentence(refusal) for refusal in ruling.refusals)
        raise Conflict(f"This appointment would not be lawful. {refused}")


def demand_live(state: CertificateState, is_current: bool, list_in_force: bool) -> None:
    """Raise Conflict unless the certificate is issued and its list is still the one in force."""
    if state is not CertificateState.ISSUED:
        raise Conflict(f"This certificate is {state.value}, so nothing can be recorded on it.")
    if not is_current:
        raise Conflict(
            "The list was corrected after this certificate was issued. Close it and certify names again."
        )
    if not list_in_force:
        raise Conflict("The list has ended. Offers are made from a list in force only.")


def demand_vacancy(appointed: int, vacancies: int) -> None:
    """Raise Conflict when as many people were appointed as the certificate has vacancies."""
    if appointed >= vacancies:
        raise Conflict("Every vacancy of this certificate is filled.")


def check_code(codes: Mapping[str, Code], code: str, reason: str) -> Code:
    """Give the code's entry, or raise Invalid for an unknown one or missing evidence."""
    if code not in codes:
        raise Invalid(code="Select the reason.")
    if not reason.strip():
        raise Invalid(reason=f"Enter the evidence. {codes[code].evidence}")
    return codes[code]


def needs_approval(book: merit.Rulebook, has_preference: bool) -> bool:
    """Tell whether passing this name over takes effect only with an HR officer's approval."""
    return has_preference and any(rule.kind in APPROVED_PASS_OVER for rule in book.selection)


def demand_second_person(actor_id: str | None, decided_by: str | None) -> None:
    """Raise Conflict when who approves a pass-over is who proposed it."""
    if actor_id is None or actor_id == decided_by:
        raise Conflict("You proposed this pass-over, so an HR officer other than you has to decide on it.")
