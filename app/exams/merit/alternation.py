"""Stage 10 with several lists: whose turn it is, who is named at it, and in which order lists are used up.

By turns, each list has its share of the vacancies, spread evenly over their numbers (Brazil, Law 12.990 of
2014, art. 3 and 4: alternation and proportion, whoever is reached on the open list uses up no reserved
vacancy; read 2026-11-22 through a commentary). In order, a list is used up before the next begins (names of
an old list before those of the new one, N.Y. Civil Service Law 60(1), read 2026-11-22).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.exams.merit.certification import (
    Certificate,
    Certification,
    Eligible,
    available,
    certify,
    check_life,
)
from app.exams.merit.errors import InputError, MeritError
from app.exams.merit.exact import digest
from app.exams.merit.sources import Sources

# More tiers than any rulebook has, so that people of different lists are never equal.
LISTS_APART = 1000


@dataclass(frozen=True, slots=True)
class Turn:
    """One vacancy: the list whose turn it is, the list that serves it, and the first person in reach.

    `served_by` differs from `source` where that list has nobody left; it is "" where no list has.
    """

    number: int
    source: str
    served_by: str
    candidate_id: str


@dataclass(frozen=True)
class JointCertificate:
    """A certificate for each list that serves a vacancy, and the turns that led to them.

    Lists used in order stand in one certificate together, under "".
    """

    turns: tuple[Turn, ...]
    certificates: Mapping[str, Certificate]

    @property
    def order(self) -> tuple[str, ...]:
        """List the first person in reach of each turn, in the order of the turns."""
        return tuple(turn.candidate_id for turn in self.turns if turn.candidate_id)

    @property
    def digest(self) -> str:
        """Give the SHA-256 of turns and certificates."""
        turns = [[turn.number, turn.source, turn.served_by, turn.candidate_id] for turn in self.turns]
        return digest({"turns": turns} | {name: one.digest for name, one in self.certificates.items()})


Lists = Mapping[str, Sequence[Eligible]]


def certify_lists(
    certification: Certification,
    lists: Lists,
    *,
    rulebook_digest: str,
    vacancies: int,
    first_turn: int,
    issued_on: date,
    unavailable: Collection[str],
    considered: Mapping[str, int] | None,
    established_on: Mapping[str, date],
) -> JointCertificate:
    """Form the certificates of several lists; each reaches by the rule for as many vacancies as it serves."""
    rules = certification.sources
    if rules is None:
        raise MeritError("The rulebook has one list only.")
    if vacancies < 1:
        raise MeritError("A certificate needs at least one vacancy.")
    for name in (*lists, *established_on):
        if name not in rules.names:
            raise InputError("lists", f"the rulebook has no list {name!r}.")
    for name, day in established_on.items():
        if lists.get(name):
            check_life(certification, day, issued_on)
    standing = {
        name: available(certification, lists.get(name, ()), unavailable, considered) for name in rules.names
    }
    parts: dict[str, tuple[Sequence[Eligible], int]] = {}
    turns: tuple[Turn, ...] = ()
    if rules.combine == "in-order":
        parts[""] = (join(rules, standing), vacancies)
    else:
        turns = alternate(rules, standing, vacancies, first_turn)
        for name in rules.names:
            served = sum(turn.served_by == name for turn in turns)
            if served:
                parts[name] = (_left_for(rules, name, standing[name], turns), served)
    certificates = {}
    for name, (people, served) in parts.items():
        one = certify(
            certification,
            people,
            rulebook_digest=rulebook_digest,
            vacancies=served,
            issued_on=issued_on,
        )
        said = f"{rules.source(name).title}: {served} of {vacancies} vacancies. " if name else ""
        certificates[name] = replace(one, sentence=said + one.sentence)
    return JointCertificate(turns, certificates)


def _left_for(
    rules: Sources, name: str, people: Sequence[Eligible], turns: Sequence[Turn]
) -> tuple[Eligible, ...]:
    """Leave out whoever another list names, unless lists know nothing of each other."""
    if rules.overlap == "each":
        return tuple(people)
    elsewhere = {turn.candidate_id for turn in turns if turn.served_by != name}
    return tuple(person for person in people if person.candidate_id not in elsewhere)


def alternate(rules: Sources, standing: Lists, vacancies: int, first_turn: int = 1) -> tuple[Turn, ...]:
    """Name one person for each vacancy, turn by turn, counted over the whole life of the lists.

    With overlap "first-turn" somebody on several lists is named at the first turn that reaches them; with
    "rest-first" whoever the list of the rest reaches by its own turns keeps that place and uses up no turn
    of another; with "each" lists know nothing of each other.
    """
    points = rules.roster.run(first_turn, vacancies) if rules.roster else []
    queues = {name: [person.candidate_id for person in people] for name, people in standing.items()}
    kept: set[str] = set()
    if rules.overlap == "rest-first":
        kept = set(queues[rules.rest][: points.count(rules.rest)])
    named: dict[str, set[str]] = {name: set() for name in rules.names}
    turns = []
    for number, source in enumerate(points, start=first_turn):
        served_by, person = _serve(rules, source, queues, named, kept)
        for name in (served_by,) if rules.overlap == "each" else rules.names:
            named.setdefault(name, set()).add(person)
        turns.append(Turn(number, source, served_by, person))
    return tuple(turns)


def _serve(
    rules: Sources,
    source: str,
    queues: Mapping[str, list[str]],
    named: Mapping[str, set[str]],
    kept: set[str],
) -> tuple[str, str]:
    """Find the best person left for a turn, on its list or on those that it falls to."""
    name, tried = source, set[str]()
    while name and name not in tried:
        tried.add(name)
        barred = named[name] if name == rules.rest else named[name] | kept
        person = next((one for one in queues[name] if one not in barred), "")
        if person:
            return name, person
        name = rules.source(name).falls_to
    return "", ""


def join(rules: Sources, standing: Lists) -> tuple[Eligible, ...]:
    """Put lists one below the other, each person once; people of different lists are never equal.

    Positions and ranks are counted through.
    """
    joined: list[Eligible] = []
    seen: set[str] = set()
    for place, name in enumerate(rules.names):
        people = [person for person in standing[name] if person.candidate_id not in seen]
        seen |= {person.candidate_id for person in people}
        above = joined[-1].rank if joined else 0
        ranks = {
            rank: above + step for step, rank in enumerate(sorted({one.rank for one in people}), start=1)
        }
        joined += [
            replace(
                person,
                position=len(joined) + step,
                rank=ranks[person.rank],
                tier=person.tier + place * LISTS_APART,
            )
            for step, person in enumerate(people, start=1)
        ]
    return tuple(joined)
