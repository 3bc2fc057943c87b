"""What the package of personnel consists of: the pages of its nouns, and what joins in when imported."""

from __future__ import annotations

from flask import Blueprint

from app.personnel import belongings as _personnel_belongings  # noqa: F401
from app.personnel.actions import tasks as _action_tasks  # noqa: F401
from app.personnel.accruals import models as _leave_regimes  # noqa: F401
from app.personnel.appointments import staff_routes as appointments
from app.personnel.contacts import routes as contacts
from app.personnel.completions import models as _completions  # noqa: F401
from app.personnel.course_enrolments import models as _course_enrolments  # noqa: F401
from app.personnel.course_feedback import models as _course_feedback  # noqa: F401
from app.personnel.development_plans import models as _development_plans  # noqa: F401
from app.personnel.discipline import staff_routes as discipline
from app.personnel.documents import models as _document_models  # noqa: F401
from app.personnel.employees import staff_routes as employees
from app.personnel.employees import table as _employee_table  # noqa: F401
from app.personnel.leave import models as _leave_entries  # noqa: F401
from app.personnel.leave_adjustments import models as _leave_adjustments  # noqa: F401
from app.personnel.leave_requests import models as _leave_requests  # noqa: F401
from app.personnel.pay_scales import models as _pay_scales  # noqa: F401
from app.personnel.flexible_work import models as _flexible_work  # noqa: F401
from app.personnel.mandatory_training import models as _mandatory_training  # noqa: F401
from app.personnel.positions import staff_routes as positions
from app.personnel.positions import table as _position_table  # noqa: F401
from app.personnel.probations import staff_routes as probations
from app.personnel.probations import tasks as _probation_tasks  # noqa: F401
from app.personnel.team import routes as team
from app.personnel.workforce import staff_routes as workforce

BLUEPRINTS: tuple[Blueprint, ...] = (
    appointments.bp,
    contacts.bp,
    discipline.bp,
    employees.bp,
    positions.bp,
    probations.bp,
    team.bp,
    workforce.bp,
)
