"""What the package of personnel consists of: the pages of its nouns, and what joins in when imported."""

from __future__ import annotations

from flask import Blueprint

from app.personnel import belongings as _personnel_belongings  # noqa: F401
from app.personnel.accruals import staff_routes as accruals
from app.personnel.accruals import tasks as _leave_tasks  # noqa: F401
from app.personnel.actions import staff_routes as actions
from app.personnel.actions import table as _action_table  # noqa: F401
from app.personnel.actions import tasks as _action_tasks  # noqa: F401
from app.personnel.allegations import staff_routes as allegations
from app.personnel.appointment_proposals import staff_routes as appointment_proposals
from app.personnel.appointment_proposals import table as _appointment_proposal_table  # noqa: F401
from app.personnel.appointments import staff_routes as appointments
from app.personnel.appointments import table as _appointment_table  # noqa: F401
from app.personnel.appointments import tasks as _appointment_tasks  # noqa: F401
from app.personnel.awards import routes as awards
from app.personnel.awards import staff_routes as _award_pages  # noqa: F401
from app.personnel.awards import table as _award_table  # noqa: F401
from app.personnel.benefit_plans import staff_routes as benefit_plans
from app.personnel.benefit_plans import table as _benefit_plan_table  # noqa: F401
from app.personnel.case_appeals import staff_routes as case_appeals
from app.personnel.case_files import staff_routes as case_files
from app.personnel.competencies import routes as competencies
from app.personnel.competencies import staff_routes as _competency_pages  # noqa: F401
from app.personnel.completions import staff_routes as completions
from app.personnel.contacts import routes as contacts
from app.personnel.contributions import routes as contributions
from app.personnel.contributions import staff_routes as _contribution_pages  # noqa: F401
from app.personnel.contributions import table as _contribution_table  # noqa: F401
from app.personnel.contributions import tasks as _contribution_tasks  # noqa: F401
from app.personnel.course_enrolments import routes as course_enrolments
from app.personnel.course_enrolments import staff_routes as _course_enrolment_pages  # noqa: F401
from app.personnel.course_enrolments import tasks as _training_tasks  # noqa: F401
from app.personnel.course_feedback import routes as course_feedback
from app.personnel.course_feedback import staff_routes as _course_feedback_pages  # noqa: F401
from app.personnel.course_sessions import staff_routes as course_sessions
from app.personnel.course_sessions import table as _course_session_table  # noqa: F401
from app.personnel.courses import routes as courses
from app.personnel.courses import staff_routes as _course_pages  # noqa: F401
from app.personnel.courses import table as _course_table  # noqa: F401
from app.personnel.decisions import staff_routes as decisions
from app.personnel.deliveries import staff_routes as deliveries
from app.personnel.dependants import routes as dependants
from app.personnel.dependants import staff_routes as _dependant_pages  # noqa: F401
from app.personnel.dependants import table as _dependant_table  # noqa: F401
from app.personnel.development_plans import routes as development_plans
from app.personnel.development_plans import team_routes as _development_plan_pages  # noqa: F401
from app.personnel.discipline import staff_routes as discipline
from app.personnel.documents import staff_routes as documents
from app.personnel.employees import staff_routes as employees
from app.personnel.employees import table as _employee_table  # noqa: F401
from app.personnel.enrolment_corrections import staff_routes as enrolment_corrections
from app.personnel.enrolments import routes as enrolments
from app.personnel.enrolments import staff_routes as _enrolment_pages  # noqa: F401
from app.personnel.enrolments import table as _enrolment_table  # noqa: F401
from app.personnel.enrolments import tasks as _enrolment_tasks  # noqa: F401
from app.personnel.establishment import staff_routes as establishment
from app.personnel.establishment import table as _establishment_table  # noqa: F401
from app.personnel.flexible_work import routes as flexible_work
from app.personnel.flexible_work import staff_routes as _flexible_work_pages  # noqa: F401
from app.personnel.flexible_work import table as _flexible_work_table  # noqa: F401
from app.personnel.flexible_work import tasks as _flexible_work_tasks  # noqa: F401
from app.personnel.flexible_work import team_routes as _flexible_work_team  # noqa: F401
from app.personnel.grievances import routes as grievances
from app.personnel.grievances import staff_routes as _grievance_pages  # noqa: F401
from app.personnel.grievances import table as _grievance_table  # noqa: F401
from app.personnel.grievances import tasks as _grievance_tasks  # noqa: F401
from app.personnel.improvement import routes as improvement
from app.personnel.improvement import staff_routes as _improvement_pages  # noqa: F401
from app.personnel.improvement import table as _improvement_table  # noqa: F401
from app.personnel.improvement import tasks as _improvement_tasks  # noqa: F401
from app.personnel.leave import staff_routes as leave
from app.personnel.leave import table as _leave_table  # noqa: F401
from app.personnel.leave_adjustments import staff_routes as leave_adjustments
from app.personnel.leave_requests import staff_routes as leave_requests
from app.personnel.leave_requests import table as _leave_request_table  # noqa: F401
from app.personnel.life_events import routes as life_events
from app.personnel.life_events import staff_routes as _life_event_pages  # noqa: F401
from app.personnel.life_events import table as _life_event_table  # noqa: F401
from app.personnel.life_events import tasks as _life_event_tasks  # noqa: F401
from app.personnel.mandatory_training import staff_routes as mandatory_training
from app.personnel.mandatory_training import table as _mandatory_training_table  # noqa: F401
from app.personnel.pay_scales import scale_table as _scale_table  # noqa: F401
from app.personnel.pay_scales import staff_routes as pay_scales
from app.personnel.pay_scales import table as _payroll_table  # noqa: F401
from app.personnel.penalty_factors import staff_routes as penalty_factors
from app.personnel.performance import staff_routes as performance
from app.personnel.performance import table as _performance_table  # noqa: F401
from app.personnel.performance import tasks as _performance_tasks  # noqa: F401
from app.personnel.performance_plans import routes as performance_plans
from app.personnel.performance_plans import staff_routes as _performance_plan_pages  # noqa: F401
from app.personnel.policies import compliance as _compliance_table  # noqa: F401
from app.personnel.policies import routes as policies
from app.personnel.policies import staff_routes as _policy_pages  # noqa: F401
from app.personnel.policies import tasks as _policy_tasks  # noqa: F401
from app.personnel.positions import staff_routes as positions
from app.personnel.positions import table as _position_table  # noqa: F401
from app.personnel.probations import staff_routes as probations
from app.personnel.probations import table as _probation_table  # noqa: F401
from app.personnel.probations import tasks as _probation_tasks  # noqa: F401
from app.personnel.ratings import routes as ratings
from app.personnel.ratings import staff_routes as _rating_pages  # noqa: F401
from app.personnel.ratings import table as _rating_table  # noqa: F401
from app.personnel.reclassifications import staff_routes as reclassifications
from app.personnel.reclassifications import tasks as _reclassification_tasks  # noqa: F401
from app.personnel.registers import staff_routes as registers
from app.personnel.replies import staff_routes as replies
from app.personnel.retirements import routes as retirements
from app.personnel.retirements import staff_routes as _retirement_pages  # noqa: F401
from app.personnel.retirements import table as _retirement_table  # noqa: F401
from app.personnel.separations import office_routes as _separation_rules  # noqa: F401
from app.personnel.separations import routes as separations
from app.personnel.separations import signing_routes as _separation_signing  # noqa: F401
from app.personnel.separations import staff_routes as _separation_pages  # noqa: F401
from app.personnel.separations import table as _separation_table  # noqa: F401
from app.personnel.separations import tasks as _separation_tasks  # noqa: F401
from app.personnel.service_records import staff_routes as service_records
from app.personnel.team import routes as team
from app.personnel.within_grade import routes as within_grade
from app.personnel.within_grade import staff_routes as _increase_pages  # noqa: F401
from app.personnel.within_grade import table as _increase_table  # noqa: F401
from app.personnel.within_grade import tasks as _increase_tasks  # noqa: F401
from app.personnel.workforce import staff_routes as workforce

BLUEPRINTS: tuple[Blueprint, ...] = (
    accruals.bp,
    actions.bp,
    allegations.bp,
    appointment_proposals.bp,
    appointments.bp,
    awards.bp,
    benefit_plans.bp,
    case_appeals.bp,
    case_files.bp,
    competencies.bp,
    completions.bp,
    contacts.bp,
    contributions.bp,
    course_enrolments.bp,
    course_feedback.bp,
    course_sessions.bp,
    courses.bp,
    decisions.bp,
    deliveries.bp,
    dependants.bp,
    development_plans.bp,
    discipline.bp,
    documents.bp,
    employees.bp,
    enrolment_corrections.bp,
    enrolments.bp,
    establishment.bp,
    flexible_work.bp,
    grievances.bp,
    improvement.bp,
    leave.bp,
    leave_adjustments.bp,
    leave_requests.bp,
    life_events.bp,
    mandatory_training.bp,
    pay_scales.bp,
    penalty_factors.bp,
    performance.bp,
    performance_plans.bp,
    policies.bp,
    positions.bp,
    probations.bp,
    ratings.bp,
    replies.bp,
    retirements.bp,
    separations.bp,
    reclassifications.bp,
    registers.bp,
    service_records.bp,
    team.bp,
    within_grade.bp,
    workforce.bp,
)
