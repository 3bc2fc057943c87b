"""The kinds of work that training and flexible work make: what the team asks for, and sessions to record."""

from __future__ import annotations

from sqlalchemy import func

from app.home.waiting import Kind, One, add
from app.personnel.course_enrolments.models import CourseEnrolment
from app.personnel.course_enrolments.states import EnrolmentState
from app.personnel.course_sessions.models import CourseSession
from app.personnel.course_sessions.states import SessionState
from app.personnel.courses.models import Course
from app.personnel.development_plans.models import DevelopmentPlan
from app.personnel.development_plans.states import PlanState
from app.personnel.employees.models import Employee
from app.personnel.flexible_work.models import FlexibleArrangement
from app.personnel.flexible_work.states import WorkState

OF_SESSION = (
    (CourseSession, CourseSession.id == CourseEnrolment.session_id),
    (Employee, Employee.id == CourseEnrolment.employee_id),
)
OF_WORK = ((Employee, Employee.id == FlexibleArrangement.employee_id),)

TRAINING = (
    Kind(
        "Courses that your team asks for",
        "home.staff",
        "personnel.course_enrolments.own",
        CourseEnrolment,
        CourseEnrolment.state == EnrolmentState.REQUESTED,
        CourseEnrolment.agency_id,
        CourseEnrolment.requested_at,
        CourseEnrolment.requested_by,
        joins=OF_SESSION,
        one=One("personnel.course_enrolments.decide", "enrolment_id", CourseEnrolment.id, Employee.name),
        due=CourseSession.starts_at,
        own=CourseEnrolment.approver_id,
    ),
    Kind(
        "Courses asked for without a supervisor",
        "personnel.course_enrolments.take_attendance",
        "personnel.course_sessions.list_staff",
        CourseEnrolment,
        (CourseEnrolment.state == EnrolmentState.REQUESTED) & CourseEnrolment.approver_id.is_(None),
        CourseEnrolment.agency_id,
        CourseEnrolment.requested_at,
        CourseEnrolment.requested_by,
        joins=OF_SESSION,
        one=One("personnel.course_enrolments.decide", "enrolment_id", CourseEnrolment.id, Employee.name),
        due=CourseSession.starts_at,
    ),
    Kind(
        "Attendance to record",
        "personnel.course_enrolments.take_attendance",
        "personnel.course_sessions.list_staff",
        CourseSession,
        (CourseSession.state == SessionState.PLANNED) & (CourseSession.ends_at <= func.current_timestamp()),
        CourseSession.agency_id,
        CourseSession.ends_at,
        joins=((Course, Course.id == CourseSession.course_id),),
        one=One("personnel.course_sessions.show", "session_id", CourseSession.id, Course.title),
        days=5,
    ),
    Kind(
        "Results of courses to record",
        "personnel.course_enrolments.record_result",
        "personnel.course_sessions.list_staff",
        CourseEnrolment,
        (CourseEnrolment.state == EnrolmentState.ATTENDED) & CourseEnrolment.result.is_(None),
        CourseSession.agency_id,
        CourseSession.ends_at,
        joins=OF_SESSION,
        one=One(
            "personnel.course_enrolments.record_result", "enrolment_id", CourseEnrolment.id, Employee.name
        ),
        days=10,
    ),
    Kind(
        "Development plans of your team to answer",
        "home.staff",
        "personnel.team.list_own",
        DevelopmentPlan,
        DevelopmentPlan.state == PlanState.PROPOSED,
        DevelopmentPlan.agency_id,
        DevelopmentPlan.proposed_at,
        DevelopmentPlan.proposed_by,
        joins=((Employee, Employee.id == DevelopmentPlan.employee_id),),
        one=One("personnel.development_plans.answer", "plan_id", DevelopmentPlan.id, Employee.name),
        days=14,
        own=DevelopmentPlan.approver_id,
    ),
    Kind(
        "Development plans of your team to look back on",
        "home.staff",
        "personnel.team.list_own",
        DevelopmentPlan,
        DevelopmentPlan.state == PlanState.AGREED,
        DevelopmentPlan.agency_id,
        DevelopmentPlan.agreed_at,
        joins=((Employee, Employee.id == DevelopmentPlan.employee_id),),
        one=One("personnel.development_plans.review", "plan_id", DevelopmentPlan.id, Employee.name),
        due=DevelopmentPlan.ends_on,
        own=DevelopmentPlan.approver_id,
        within=30,
    ),
    Kind(
        "Flexible work that your team asks for",
        "home.staff",
        "personnel.team.list_own",
        FlexibleArrangement,
        FlexibleArrangement.state == WorkState.REQUESTED,
        FlexibleArrangement.agency_id,
        FlexibleArrangement.requested_at,
        FlexibleArrangement.requested_by,
        joins=OF_WORK,
        one=One("personnel.flexible_work.decide", "arrangement_id", FlexibleArrangement.id, Employee.name),
        days=14,
        own=FlexibleArrangement.approver_id,
    ),
    Kind(
        "Flexible work asked for without a supervisor",
        "personnel.flexible_work.show",
        "personnel.flexible_work.list_staff",
        FlexibleArrangement,
        (FlexibleArrangement.state == WorkState.REQUESTED) & FlexibleArrangement.approver_id.is_(None),
        FlexibleArrangement.agency_id,
        FlexibleArrangement.requested_at,
        FlexibleArrangement.requested_by,
        joins=OF_WORK,
        values={"state": "requested"},
        one=One("personnel.flexible_work.decide", "arrangement_id", FlexibleArrangement.id, Employee.name),
        days=14,
    ),
    Kind(
        "Flexible work of your team to look at",
        "home.staff",
        "personnel.team.list_own",
        FlexibleArrangement,
        FlexibleArrangement.state == WorkState.GRANTED,
        FlexibleArrangement.agency_id,
        FlexibleArrangement.decided_at,
        joins=OF_WORK,
        one=One("personnel.flexible_work.renew", "arrangement_id", FlexibleArrangement.id, Employee.name),
        due=FlexibleArrangement.review_on,
        own=FlexibleArrangement.approver_id,
        within=14,
    ),
)
add(TRAINING)
