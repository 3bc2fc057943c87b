"""Stage 11: whether a selection from a certificate is lawful, and if not, by which rule."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from app.exams.merit.certification import Certificate, Certification, Eligible, within_reach
from app.exams.merit.reading import Node

# What each rule asks. Evidence cures some refusals: an approved pass-over, a written reason, a shown cause.
KINDS = {
    "no-preference-passed-over": (
        "A preference eligible stands higher and may not be passed over for somebody without preference "
        "unless a pass-over is approved."
    ),
    "preference-in-order": "Preference eligibles at the head of the list are appointed first, in their order.",
    "preference-at-head": (
        "A preference eligible stands first; somebody without preference may be appointed only when cause "
        "is shown."
    ),
    "reasons-below-highest": "A higher name is available; appointing a lower one needs written reasons.",
    "strict-order": "Names are appointed strictly in the order of the list.",
}


@dataclass(frozen=True, slots=True)
class Constraint:
    """One rule of selection, with the sentence and citation of its refusal."""

    kind: str
    sentence: str
    citation: str


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
    """The answer on one selection; `reach` lists who could be considered at that moment."""

    selected: str
    refusals: tuple[Refusal, ...]
    reach: tuple[str, ...]

    @property
    def lawful(self) -> bool:
        """Tell whether nothing stands against the selection."""
        return not self.refusals


def read_selection(root: Node) -> tuple[Constraint, ...]:
    """Read every [[selection]]."""
    constraints = []
    for node in root.children("selection"):
        kind = node.text("kind", choices=tuple(KINDS))
        constraints.append(Constraint(kind, node.text("sentence", KINDS[kind]), node.text("citation")))
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
    if chosen is not None:
        found = (_broken(rule, chosen, left, reach, evidence) for rule in constraints)
        refusals += [refusal for refusal in found if refusal is not None]
    return Ruling(selected, tuple(refusals), ids)


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
    return Refusal(
        "below-reach", f"The name is out of reach. {certificate.sentence}", certificate.citation, reach
    )


def _broken(
    rule: Constraint,
    chosen: Eligible,
    left: Sequence[Eligible],
    reach: Sequence[Eligible],
    evidence: Evidence,
) -> Refusal | None:
    higher = (
        list(reach[: reach.index(chosen)])
        if chosen in reach
        else [n for n in left if n.position < chosen.position]
    )
    preferred = [name.candidate_id for name in higher if name.preference]
    against: list[str] = []
    if rule.kind == "no-preference-passed-over" and not chosen.preference:
        against = [name for name in preferred if name not in evidence.pass_overs]
    elif rule.kind == "preference-in-order":
        equal = {name.candidate_id for name in higher if name.rank == chosen.rank}
        against = [name for name in preferred if name not in equal]
    elif rule.kind == "preference-at-head" and not chosen.preference and left and left[0].preference:
        head = [name.candidate_id for name in left if name.preference and name.rank == left[0].rank]
        against = [name for name in head if name not in evidence.cause_shown]
    elif rule.kind == "reasons-below-highest":
        above = [name.candidate_id for name in higher if name.rank != chosen.rank]
        against = [name for name in above if name not in evidence.written_reasons]
    elif rule.kind == "strict-order":
        against = [name.candidate_id for name in higher]
    return Refusal(rule.kind, rule.sentence, rule.citation, tuple(against)) if against else None
