"""Who reports to whom, by the reporting lines of the posts that people hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from app.personnel.employees.models import Employee
from app.personnel.positions.models import Position
from app.personnel.positions.queries import walk_up


def find_supervisor(session: Session, employee_id: str) -> Employee | None:
    """Find who a person reports to: the holder of the nearest post above that somebody holds."""
    return next(_superiors(session, employee_id), None)


def list_team(session: Session, employee_id: str) -> list[Employee]:
    """List who reports to a person, by name; those under a vacant post report to who stands above it."""
    posts: Sequence[tuple[str, str | None]] = [
        (row.id, row.incumbent_id)
        for row in session.execute(
            select(Position.id, Position.incumbent_id).where(Position.incumbent_id == employee_id)
        )
    ]
    team: set[str] = set()
    seen = {own for own, _ in posts}
    while posts:
        below = session.execute(
            select(Position.id, Position.incumbent_id).where(
                Position.reports_to_id.in_([own for own, _ in posts])
            )
        )
        rows = [(own, holder) for own, holder in below if own not in seen]
        seen |= {own for own, _ in rows}
        team |= {holder for _, holder in rows if holder}
        posts = [(own, holder) for own, holder in rows if holder is None]
    return list(
        session.scalars(
            select(Employee)
            .where(Employee.id.in_(team))
            .options(joinedload(Employee.agency))
            .order_by(Employee.name, Employee.id)
        )
    )


def is_above(session: Session, account_id: str | None, employee_id: str) -> bool:
    """Tell whether the holder of an account stands anywhere above a person."""
    return account_id is not None and any(
        superior.account_id == account_id for superior in _superiors(session, employee_id)
    )


def below(account_id: str | None) -> Select[str | None]:
    """Give the query for the ids of everybody above whom the holder of an account stands."""
    top = (
        select(Position.id)
        .join(Employee, Employee.id == Position.incumbent_id)
        .where(Employee.account_id == account_id, Employee.account_id.is_not(None))
        .cte("line", recursive=True)
    )
    # UNION drops what was found before, so that a circle of posts comes to an end
    line = top.union(select(Position.id).where(Position.reports_to_id == top.c.id))
    return (
        select(Position.incumbent_id)
        .join(line, line.c.id == Position.id)
        .where(Position.incumbent_id.is_not(None))
    )


def supervises(session: Session, account_id: str | None, employee_id: str) -> bool:
    """Tell whether a person reports to the holder of an account."""
    superior = find_supervisor(session, employee_id) if account_id is not None else None
    return superior is not None and superior.account_id == account_id


def _superiors(session: Session, employee_id: str) -> Iterator[Employee]:
    own = session.scalar(select(Position.id).where(Position.incumbent_id == employee_id))
    if own is None:
        return
    for post in walk_up(session, own):
        if post.incumbent_id is not None:
            yield session.get_one(Employee, post.incumbent_id, options=[joinedload(Employee.agency)])
