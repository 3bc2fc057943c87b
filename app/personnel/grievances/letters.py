"""The letters and mails about a grievance: to the grievant, to who answers, to the grievance officers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy.orm import Session

from app.accounts.grants.states import GrantState
from app.accounts.models import Account, RoleGrant
from app.accounts.queries import get_account
from app.accounts.roles import Role
from app.notices import services as notices
from app.personnel.grievances import queries
from app.personnel.grievances.models import Grievance, GrievanceRemedy, GrievanceStep
from app.personnel.grievances.rules import Procedure, Silence, StepRule
from app.personnel.letters import title_of
from app.platform import links, mail
from app.platform.actors import Actor
from app.web.dates import format_date

ENGLISH = "en"
ONE_LINE = 300
SILENCE = {
    Silence.MOVES_ON: "If nobody answers by then, the next step opens by itself: {way_on}.",
    Silence.MAY_GO_ON: "If nobody answers by then, you may take the next step: {way_on}.",
    Silence.OUTSIDE: "If nobody answers by then, you may go on to: {way_on}.",
    Silence.STAYS: "If nobody answers by then, write to us: there is no further step.",
}
OFFICER_OF_GRIEVANCES = "Grievance officer"


def acknowledge(
    session: Session, grievance: Grievance, procedure: Procedure, actor: Actor, at: dt.datetime
) -> None:
    """Promise the letter that the grievance was received."""
    step, rule = grievance.current, procedure.step(grievance.level)
    silence = procedure.silence_at(grievance.level)
    letter: dict[str, object] = {
        "signed_by": {"name": OFFICER_OF_GRIEVANCES, "title": grievance.agency.name},
        "grievance_number": grievance.number,
        "filed_on": grievance.filed_on,
        "matter": grievance.matter.title,
        "remedy_sought": one_paragraph(grievance.remedy_sought),
        "procedure": procedure.title,
        "law": procedure.citation,
        "step": rule.title,
        "decider": _person(session, step.decider_id, grievance.agency_id),
        "answer_due_on": step.due_on,
        "how_counted": rule.answer_within.words,
        "if_silent": SILENCE[silence].format(way_on=procedure.way_on(grievance.level)),
        "representative": grievance.representative_name or None,
        "follow_url": links.absolute(f"/my/grievances/{grievance.id}"),
    }
    _letter(session, grievance, "grievance_received", f"grievance:{grievance.id}", letter, actor, at)


def decide(
    session: Session,
    grievance: Grievance,
    step: GrievanceStep,
    procedure: Procedure,
    signer: Actor,
    today: dt.date,
    at: dt.datetime,
) -> None:
    """Promise the letter with the answer at a step, its reasons and the way on."""
    way_on = procedure.way_on(step.level)
    letter: dict[str, object] = {
        "signed_by": _person(session, step.decider_id, grievance.agency_id),
        "grievance_number": grievance.number,
        "step": procedure.step(step.level).title,
        "law": procedure.citation,
        "decided_on": today,
        "outcome": step.outcome.value if step.outcome else "",
        "findings": paragraphs(step.findings),
        "remedy": one_paragraph(step.remedy) or None,
        "remedy_due_on": step.remedy_due_on,
        "further": {
            "title": way_on,
            "due_on": grievance.appeal_due_on,
            "how": "Open the page of your grievance, say that you go on, and why: "
            + links.absolute(f"/my/grievances/{grievance.id}"),
        }
        if way_on and grievance.appeal_due_on
        else None,
    }
    _letter(session, grievance, "grievance_decision", f"grievance-step:{step.id}", letter, signer, at)


def tell_decider(
    session: Session, grievance: Grievance, step: GrievanceStep, rule: StepRule, at: dt.datetime
) -> None:
    """Tell who answers a step that it opened; the officers, where nobody was found."""
    if step.decider_id is None:
        said = f"Nobody is free to answer {grievance.number} at {rule.title}. Name somebody."
        tell_officers(session, grievance, f"{step.id}:nobody", "A grievance waits for somebody", (said,), at)
        return
    account = session.get_one(Account, step.decider_id)
    lines = (
        f"Grievance {grievance.number} waits for your answer: {rule.title}.",
        f"The answer is due on {format_date(step.due_on)}, {rule.answer_within.words} from today.",
        "If you have any part in the matter, say so on its page, and somebody else answers.",
    )
    key = f"grievance:{step.id}:{account.id}:opened"
    _mail(session, account, key, "A grievance waits for your answer", lines, _staff(grievance), at)


def remind(session: Session, step: GrievanceStep, days: int, at: dt.datetime) -> None:
    """Remind who answers that the limit nears its end; once for each step, person, limit and reminder."""
    if step.decider is None:
        return
    lines = (
        f"Grievance {step.grievance.number} waits for your answer until {format_date(step.due_on)}.",
        "When the day has passed, what the procedure says of silence happens by itself.",
    )
    key = f"grievance:{step.id}:{step.decider.id}:{step.due_on.isoformat()}:{days}"
    _mail(session, step.decider, key, "Your answer to a grievance is due", lines, _staff(step.grievance), at)


def tell_grievant(
    session: Session, grievance: Grievance, key: str, subject: str, lines: Collection[str], at: dt.datetime
) -> None:
    """Tell the grievant what happened; `key` makes it once."""
    account_id = grievance.employee.account_id
    if account_id is None:
        return
    account = session.get_one(Account, account_id)
    page = links.absolute(f"/my/grievances/{grievance.id}")
    _mail(session, account, f"grievance:{key}", f"{subject} ({grievance.number})", lines, page, at)


def tell_office(
    session: Session, grievance: Grievance, key: str, subject: str, lines: Collection[str], at: dt.datetime
) -> None:
    """Tell who answers the present step; the officers, where it is nobody."""
    decider_id = grievance.current.decider_id
    if decider_id is None:
        tell_officers(session, grievance, key, subject, lines, at)
        return
    account = session.get_one(Account, decider_id)
    _mail(session, account, f"grievance:{key}", subject, lines, _staff(grievance), at)


def tell_officers(
    session: Session, grievance: Grievance, key: str, subject: str, lines: Collection[str], at: dt.datetime
) -> None:
    """Tell the grievance officers of the agency, without who is a party.

    Where none is left, those who give roles hear that one is needed, and nothing of the matter.
    """
    parties = {grievance.about_id, grievance.employee.account_id}
    parties |= queries.load_recused(session, grievance.id)
    officers = queries.list_holders(session, grievance.agency_id, (Role.GRIEVANCE_OFFICER,))
    free = [officer for officer in officers if officer.id not in parties]
    for officer in free:
        own = f"grievance:{key}:{officer.id}"
        _mail(session, officer, own, subject, lines, _staff(grievance), at)
    if not free:
        _ask_for_officer(session, grievance, parties, at)


def _ask_for_officer(
    session: Session, grievance: Grievance, parties: Collection[str | None], at: dt.datetime
) -> None:
    """Ask those who give roles in the agency, once for each grievance, for a grievance officer."""
    page = links.absolute("/staff/accounts")
    lines = (
        f"A grievance in {grievance.agency.name} waits, and no grievance officer is free to watch over it. "
        "Give somebody who has no part in it the role of grievance officer.",
    )
    for account in queries.list_holders(session, grievance.agency_id, (Role.AGENCY_ADMINISTRATOR,)):
        if account.id not in parties:
            key = f"grievance:{grievance.id}:officer-needed:{account.id}"
            _mail(session, account, key, "A grievance officer is needed", lines, page, at)


def tell_late(session: Session, grievance: Grievance, remedy: GrievanceRemedy, at: dt.datetime) -> None:
    """Tell the officers once that a remedy is overdue."""
    lines = (
        f"What was promised in grievance {grievance.number} was due on {format_date(remedy.due_on)} "
        "and is not recorded as done.",
    )
    tell_officers(session, grievance, f"{remedy.id}:late", "A remedy is overdue", lines, at)


def paragraphs(text: str) -> list[str]:
    """Cut a text into the paragraphs of a letter."""
    return [" ".join(part.split()) for part in text.splitlines() if part.strip()]


def one_paragraph(text: str) -> str:
    """Give a text as one paragraph."""
    return " ".join(text.split())


def _staff(grievance: Grievance) -> str:
    return links.absolute(f"/staff/grievances/{grievance.id}")


def _person(session: Session, account_id: str | None, agency_id: str) -> dict[str, str] | None:
    """Give name and title of who answers, from the roles held in the agency."""
    if account_id is None:
        return None
    account = get_account(session, account_id)
    held = {grant.role.value for grant in account.role_grants if _holds(grant, agency_id)}
    return {"name": account.name, "title": title_of(held)}


def _holds(grant: RoleGrant, agency_id: str) -> bool:
    return grant.state is GrantState.ACTIVE and grant.agency_id in (None, agency_id)


def _letter(
    session: Session,
    grievance: Grievance,
    template: str,
    key: str,
    letter: dict[str, object],
    actor: Actor,
    at: dt.datetime,
) -> None:
    employee = grievance.employee
    notices.promise(
        session,
        template=template,
        subject=grievance.id,
        agency_id=grievance.agency_id,
        account_id=employee.account_id,
        name=employee.name,
        email=employee.email,
        letter=letter,
        actor=actor,
        at=at,
        key=key,
    )


def _mail(
    session: Session,
    account: Account,
    key: str,
    subject: str,
    lines: Collection[str],
    page: str,
    at: dt.datetime,
) -> None:
    mail.promise(
        session,
        key=key,
        to=account.email,
        subject=subject,
        body=(f"Dear {account.name},", *lines, page),
        at=at,
        language=ENGLISH,
    )
