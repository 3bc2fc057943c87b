"""Leave and pay that wait: requests of the people whom one supervises, corrections, drafted pay scales."""

from __future__ import annotations

from app.home.waiting import Kind, One, add
from app.personnel.employees.models import Employee
from app.personnel.leave_adjustments.models import LeaveAdjustment
from app.personnel.leave_adjustments.states import AdjustmentState
from app.personnel.leave_requests.models import LeaveRequest
from app.personnel.leave_requests.states import RequestState
from app.personnel.pay_scales.models import PayScale, PayScaleVersion
from app.personnel.pay_scales.states import VersionState

OF_PERSON = ((Employee, Employee.id == LeaveRequest.employee_id),)

LEAVE = (
    Kind(
        "Leave of your team to decide",
        "home.staff",
        "personnel.leave_requests.team",
        LeaveRequest,
        LeaveRequest.state == RequestState.ASKED,
        LeaveRequest.agency_id,
        LeaveRequest.asked_at,
        own=LeaveRequest.approver_id,
        joins=OF_PERSON,
        due=LeaveRequest.starts_on,
        one=One("personnel.leave_requests.decide", "request_id", LeaveRequest.id, Employee.name),
    ),
    Kind(
        "Leave to decide where nobody supervises",
        "personnel.leave_requests.decide_staff",
        "personnel.leave_requests.list_staff",
        LeaveRequest,
        (LeaveRequest.state == RequestState.ASKED) & LeaveRequest.approver_id.is_(None),
        LeaveRequest.agency_id,
        LeaveRequest.asked_at,
        LeaveRequest.asked_by,
        joins=OF_PERSON,
        due=LeaveRequest.starts_on,
        values={"state": "asked"},
        one=One("personnel.leave_requests.decide_staff", "request_id", LeaveRequest.id, Employee.name),
    ),
    Kind(
        "Corrections of leave to decide",
        "personnel.leave_adjustments.decide",
        "personnel.leave_adjustments.list_staff",
        LeaveAdjustment,
        LeaveAdjustment.state == AdjustmentState.PROPOSED,
        LeaveAdjustment.agency_id,
        LeaveAdjustment.proposed_at,
        LeaveAdjustment.proposed_by,
        joins=((Employee, Employee.id == LeaveAdjustment.employee_id),),
        one=One("personnel.leave_adjustments.show", "adjustment_id", LeaveAdjustment.id, Employee.name),
        days=14,
    ),
    Kind(
        "Figures of pay to put in force",
        "personnel.pay_scales.approve",
        "personnel.pay_scales.list_staff",
        PayScaleVersion,
        PayScaleVersion.state == VersionState.DRAFT,
        PayScale.agency_id,
        PayScaleVersion.drafted_at,
        PayScaleVersion.drafted_by,
        joins=((PayScale, PayScale.id == PayScaleVersion.scale_id),),
        due=PayScaleVersion.effective_on,
        one=One("personnel.pay_scales.show_version", "version_id", PayScaleVersion.id, PayScale.title),
    ),
)

add(LEAVE)
