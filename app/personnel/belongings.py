"""How employees' files go when two accounts of one person are joined."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.accounts.holdings import Key, moves
from app.personnel.course_enrolments import belongings as _training  # noqa: F401
from app.personnel.discipline import belongings as _discipline  # noqa: F401
from app.personnel.employees.models import Employee
from app.personnel.flexible_work import belongings as _flexible_work  # noqa: F401
from app.personnel.grievances import belongings as _grievances  # noqa: F401
from app.personnel.leave import belongings as _leave  # noqa: F401
from app.personnel.separations import belongings as _separations  # noqa: F401


def _employee(session: Session, key: Key) -> str:
    employee = session.get_one(Employee, key["id"])
    return f"{employee.number}, {employee.name}"


moves("employees.account_id", "Employee’s file", once_by=(), describe=_employee)
