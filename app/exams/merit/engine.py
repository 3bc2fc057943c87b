"""The calls that other packages make: score, rank, explain, certify, check a selection."""

from collections.abc import Collection, Sequence
from datetime import date

from app.exams.merit import certification, scoring, selection
from app.exams.merit.certification import Certificate, Certification, Eligible
from app.exams.merit.errors import MeritError
from app.exams.merit.items import Key
from app.exams.merit.responses import Responses
from app.exams.merit.rulebook import Rulebook
from app.exams.merit.scoring import Scores
from app.exams.merit.selection import NONE_ON_FILE, Evidence, Ruling


def score(rulebook: Rulebook, key: Key, responses: Responses, *, component: str = "") -> Scores:
    """Mark every answer sheet of one component by the rulebook's marks and the key's item treatments.

    `component` may be left out where the rulebook has one component made of items. Items of key and
    sheets must be the same set, else InputError names the first that is missing.
    """
    if not component:
        of_items = [part.name for part in rulebook.components if part.kind == "items"]
        if len(of_items) != 1:
            raise MeritError("The rulebook has not exactly one component of items; name the component.")
        component = of_items[0]
    part = rulebook.component(component)
    if part.kind != "items":
        raise MeritError(f"The component {component!r} is not made of items.")
    return scoring.mark_sheets(component, part.rules, key, responses, part.maximum)


def certify(
    rulebook: Rulebook,
    names: Sequence[Eligible],
    *,
    issued_on: date,
    vacancies: int = 1,
    unavailable: Collection[str] = (),
    list_established_on: date | None = None,
) -> Certificate:
    """Form a certificate by the rulebook's reach.

    `names` is the eligible list, from MeritList.eligibles() or made again from stored rows. `unavailable`
    are people who declined, were removed or appointed: they are not counted. With `list_established_on` a
    list past its life is refused.
    """
    return certification.certify(
        _rules(rulebook),
        names,
        rulebook_digest=rulebook.digest,
        vacancies=vacancies,
        issued_on=issued_on,
        unavailable=unavailable,
        list_established_on=list_established_on,
    )


def list_ends_on(rulebook: Rulebook, established_on: date, *, extended: bool = False) -> date | None:
    """Give the last day of a list's life, None when it has no end; `extended` to the longest the rulebook
    allows.
    """
    rules = _rules(rulebook)
    longest = rules.longest_list_life.ends_on(established_on) if extended else None
    return longest or rules.list_life.ends_on(established_on)


def check_selection(
    rulebook: Rulebook,
    certificate: Certificate,
    selected: Sequence[str],
    *,
    on: date,
    evidence: Evidence = NONE_ON_FILE,
    unavailable: Collection[str] = (),
) -> tuple[Ruling, ...]:
    """Judge one or several selections in the order of appointment; a Ruling lists its refusals.

    Each is judged as if the ones before it had been made. `unavailable` are people who declined or were
    removed since the certificate was issued. A certificate of another rulebook is refused.
    """
    if certificate.rulebook_digest != rulebook.digest:
        raise MeritError("The certificate was issued under another rulebook.")
    return selection.check_selection(
        _rules(rulebook),
        rulebook.selection,
        certificate,
        selected,
        on=on,
        evidence=evidence,
        unavailable=unavailable,
    )


def _rules(rulebook: Rulebook) -> Certification:
    if rulebook.certification is None:
        raise MeritError(f"The rulebook {rulebook.name!r} has no rules of certification.")
    return rulebook.certification
