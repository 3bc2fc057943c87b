"""Stage 11: whether a selection from a certificate is lawful, and if not, by which rule."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from app.exams.merit.certification import Certificate, Certification, Eligible, within_reach
from app.exams.merit.certification import sentence as say_reach
from app.exams.merit.reading import Node

# What each rule asks. Evidence cures some refusals: an approved pass-over, a written reason, a shown cause.
KINDS = {
    "no-preference-passed-over": (
        "A preference eligible stands higher and may not be passed over for somebody without preference "
        "unless a pass-over is approved."
    ),
    "preference-in-order": "Preference eligibles at the head of the list come first, in their order.",
    "preference-at-head": (
        "A preference eligible stands first; somebody without preference may be appointed only when "
        "cause is shown."
    ),
    "reasons-below-highest": "A higher name is available; appointing a lower one needs written reasons.",
    "strict-order": "Names are appointed strictly in the order of the list.",
}


@dataclass(frozen=True, slots=True)
class Constraint:
    """One rule of selection, with the sentence and citation of its refusal.

    `duty` says what is still to be done when documents on file allow the selection.
    """

    kind: str
    sentence: str
    citation: str
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Documents on file: people with an approved pass-over, people passed with written reasons, cause
    shown against.
    """

    pass_overs: Collection[str] = ()
    written_reasons: Collection[str] = ()
    cause_shown: Collection[str] = ()


NONE_ON_FILE = Evidence()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a selection is unlawful; `people` are the names that stand in its way."""

    code: str
    sentence: str
    citation: str
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """The answer on one selection.

    `reach` lists who could be considered at that moment, `duties` what a selection of this name asks for.
    """

    selected: str
    refusals: tuple[Refusal, ...]
    reach: tuple[str, ...]
    duties: tuple[Refusal, ...] = ()

    @property
    def lawful(self) -> bool:
        """Tell whether nothing stands against the selection."""
        return not self.refusals


def read_selection(root: Node) -> tuple[Constraint, ...]:
    """Read every [[selection]]."""
    constraints = []
    for node in root.children("selection"):
        kind = node.text("kind", choices=tuple(KINDS))
        sentence, citation = node.text("sentence", KINDS.get(kind, " ")), node.text("citation")
        constraints.append(Constraint(kind, sentence, citation, node.text("duty", " ").strip()))
        node.finish()
    return tuple(constraints)


def check_selection(
    certification: Certification,
    constraints: Sequence[Constraint],
    certificate: Certificate,
    selected: Sequence[str],
    *,
    on: date,
    evidence: Evidence = NONE_ON_FILE,
    unavailable: Collection[str] = (),
) -> tuple[Ruling, ...]:
    """Judge selections one after the other, in the order of appointment.

    Each is judged as if the ones before it had been made. `unavailable` are people who declined or were
    removed since the certificate was issued.
    """
    rulings: list[Ruling] = []
    gone = set(unavailable)
    for candidate in selected:
        rulings.append(_judge(certification, constraints, certificate, candidate, gone, on, evidence))
        gone.add(candidate)
    return tuple(rulings)


def _judge(
    certification: Certification,
    constraints: Sequence[Constraint],
    certificate: Certificate,
    selected: str,
    gone: set[str],
    on: date,
    evidence: Evidence,
) -> Ruling:
    if certification.reform:
        left = [name for name in certificate.standing if name.candidate_id not in gone]
        reach = within_reach(certification, left, 1)
    else:
        reach = tuple(name for name in certificate.names if name.candidate_id not in gone)
        left = list(reach)
    ids = tuple(name.candidate_id for name in reach)
    refusals: list[Refusal] = []
    if certificate.expires_on is not None and on > certificate.expires_on:
        sentence = f"The certificate ended on {certificate.expires_on.isoformat()}."
        refusals.append(Refusal("expired", sentence, certificate.citation))
    chosen = next((name for name in reach if name.candidate_id == selected), None)
    if chosen is None:
        refusals.append(_out_of_reach(certification, certificate, selected, gone, ids))
        chosen = next((name for name in left if name.candidate_id == selected), None)
    duties: list[Refusal] = []
    if chosen is None:
        return Ruling(selected, tuple(refusals), ids)
    for rule in constraints:
        against = _against(rule, chosen, left, reach)
        barring = tuple(name for name in against if name not in _cured(rule.kind, evidence))
        if barring:
            refusals.append(Refusal(rule.kind, rule.sentence, rule.citation, barring))
        if against and rule.duty:
            duties.append(Refusal(rule.kind, rule.duty, rule.citation, against))
    return Ruling(selected, tuple(refusals), ids, tuple(duties))


def _out_of_reach(
    certification: Certification,
    certificate: Certificate,
    selected: str,
    gone: set[str],
    reach: tuple[str, ...],
) -> Refusal:
    known = {name.candidate_id for name in (*certificate.names, *certificate.standing)}
    if selected not in known:
        return Refusal(
            "not-on-list", "The name is not on the list of this certificate.", certificate.citation
        )
    if selected in gone:
        return Refusal("unavailable", "The name is no longer available.", certificate.citation)
    if certification.reach == "categories":
        text = f"The higher category still has {len(reach)} names; a lower one may not be reached."
        return Refusal("lower-category", text, certificate.citation, reach)
    # where the reach is formed again for each vacancy, it is narrower than the whole certificate's
    said = say_reach(certification, 1) if certification.reform else certificate.sentence
    return Refusal("below-reach", f"The name is out of reach. {said}", certificate.citation, reach)


def _cured(kind: str, evidence: Evidence) -> Collection[str]:
    """Give the people against whom documents on file allow what the rule forbids."""
    if kind == "no-preference-passed-over":
        return evidence.pass_overs
    if kind == "preference-at-head":
        return evidence.cause_shown
    return evidence.written_reasons if kind == "reasons-below-highest" else ()


def _against(
    rule: Constraint, chosen: Eligible, left: Sequence[Eligible], reach: Sequence[Eligible]
) -> tuple[str, ...]:
    """List the people whom a rule protects against this selection."""
    higher = [name for name in left if name.position < chosen.position]
    if chosen in reach:
        higher = list(reach[: list(reach).index(chosen)])
    if rule.kind == "strict-order":
        return tuple(name.candidate_id for name in higher)
    if rule.kind == "reasons-below-highest":
        return tuple(name.candidate_id for name in higher if name.rank != chosen.rank)
    if rule.kind == "preference-in-order":
        return tuple(name.candidate_id for name in higher if name.preference and name.rank != chosen.rank)
    if chosen.preference:
        return ()
    if rule.kind == "preference-at-head":
        head = [name for name in left if left[0].preference and name.preference and name.rank == left[0].rank]
        return tuple(name.candidate_id for name in head)
    return tuple(name.candidate_id for name in higher if name.preference)
