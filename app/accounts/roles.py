"""The roles and what each may do; a permission is an endpoint's name, scoped to an agency by the grant."""

from __future__ import annotations

import enum

from app.accounts import auditing, personnel_duties
from app.platform.actors import Actor, Grant


class Role(enum.Enum):
    """A role as docs/decisions and the law's separation of duties know it."""

    APPLICANT = "applicant"
    EMPLOYEE = "employee"
    SUPERVISOR = "supervisor"
    HR_OFFICER = "hr_officer"
    EXAM_OFFICER = "exam_officer"
    KEY_CUSTODIAN = "key_custodian"
    RATER = "rater"
    APPOINTING_AUTHORITY = "appointing_authority"
    GRIEVANCE_OFFICER = "grievance_officer"
    RECORDS_OFFICER = "records_officer"
    AUDITOR = "auditor"
    AGENCY_ADMINISTRATOR = "agency_administrator"
    SYSTEM_ADMINISTRATOR = "system_administrator"

    @property
    def title(self) -> str:
        return TITLES[self]

    @property
    def is_staff(self) -> bool:
        return self not in (Role.APPLICANT, Role.EMPLOYEE)


TITLES = {
    Role.APPLICANT: "Applicant",
    Role.EMPLOYEE: "Employee",
    Role.SUPERVISOR: "Supervisor",
    Role.HR_OFFICER: "HR officer",
    Role.EXAM_OFFICER: "Exam officer",
    Role.KEY_CUSTODIAN: "Key custodian",
    Role.RATER: "Rater",
    Role.APPOINTING_AUTHORITY: "Appointing authority",
    Role.GRIEVANCE_OFFICER: "Grievance officer",
    Role.RECORDS_OFFICER: "Records officer",
    Role.AUDITOR: "Auditor",
    Role.AGENCY_ADMINISTRATOR: "Agency administrator",
    Role.SYSTEM_ADMINISTRATOR: "System administrator",
}

# These need a second administrator before they take effect.
SENSITIVE = frozenset(
    {
        Role.AUDITOR,
        Role.KEY_CUSTODIAN,
        Role.GRIEVANCE_OFFICER,
        Role.AGENCY_ADMINISTRATOR,
        Role.SYSTEM_ADMINISTRATOR,
    }
)

# One row a role: permission patterns. `x.*` covers all of a package or noun.
PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.APPLICANT: (),
    Role.EMPLOYEE: (),
    Role.SUPERVISOR: (
        "home.*",
        *personnel_duties.SUPERVISOR,
    ),
    Role.HR_OFFICER: (
        "exams.agreement.show",
        "exams.alarms.*",
        "exams.appeals.*",
        "exams.certificates.*",
        "exams.challenges.list_staff",
        "exams.challenges.show",
        "exams.challenges.show_item",
        "exams.completeness.show",
        "exams.considerations.*",
        "exams.corrections.*",
        "exams.examinations.list_candidates",
        "exams.examinations.list_staff",
        "exams.examinations.show",
        "exams.extensions.*",
        "exams.impact.show",
        "exams.incidents.decide",
        "exams.incidents.list_staff",
        "exams.incidents.show",
        "exams.item_bank.list_staff",
        "exams.item_bank.review",
        "exams.item_bank.show",
        "exams.item_analysis.show",
        "exams.item_analysis.show_item",
        "exams.joint_certificates.*",
        "exams.keys.show",
        "exams.list_files.*",
        "exams.list_notes.*",
        "exams.mark_corrections.decide",
        "exams.mark_corrections.list_staff",
        "exams.merit_lists.approve",
        "exams.merit_lists.compare",
        "exams.merit_lists.discard",
        "exams.merit_lists.list_staff",
        "exams.merit_lists.publish",
        "exams.merit_lists.show",
        "exams.merit_lists.show_entry",
        "exams.name_requests.answer",
        "exams.name_requests.list_staff",
        "exams.name_requests.show",
        "exams.objection_fees.*",
        "exams.objections.list_staff",
        "exams.objections.show",
        "exams.panels.list_staff",
        "exams.panels.show",
        "exams.plans.edit",
        "exams.plans.list_marks",
        "exams.plans.show",
        "exams.preferred_lists.*",
        "exams.publications.*",
        "exams.reserves.*",
        "exams.responses.show_sheet",
        "exams.rulebook_versions.*",
        "exams.sandboxes.*",
        "exams.selection_audits.*",
        "exams.readings.decide",
        "exams.readings.decide_one",
        "exams.readings.show",
        "exams.responses.show_sheet",
        "exams.selections.decide_pass_over",
        "exams.selections.download",
        "exams.spot_checks.*",
        "exams.what_ifs.show",
        "home.*",
        "notices.decide_letter",
        "notices.edit_letter",
        "notices.list_letters",
        "notices.list_staff",
        "notices.preview_letter",
        "notices.preview_wording",
        "notices.restore_letter",
        "notices.show_letter",
        "notices.show_wording",
        "notices.submit_letter",
        *personnel_duties.HR_OFFICER,
        "recruitment.applications.*",
        "recruitment.claims.*",
        "recruitment.documents.*",
        "recruitment.eligibility.*",
        "recruitment.fees.*",
        "recruitment.interruptions.*",
        "recruitment.messages.*",
        "recruitment.postings.*",
        "recruitment.requisitions.*",
        "recruitment.screening.*",
    ),
    Role.EXAM_OFFICER: (
        "exams.accommodations.*",
        "exams.admit_cards.*",
        "exams.agreement.show",
        "exams.alarms.*",
        "exams.attendance.*",
        "exams.centres.*",
        "exams.challenges.list_staff",
        "exams.challenges.propose",
        "exams.challenges.show",
        "exams.challenges.show_item",
        "exams.completeness.*",
        "exams.corrections.show",
        "exams.examinations.*",
        "exams.incidents.*",
        "exams.interviews.*",
        "exams.item_analysis.*",
        "exams.keys.propose",
        "exams.keys.show",
        "exams.mark_corrections.*",
        "exams.merit_lists.discard",
        "exams.merit_lists.draft",
        "exams.merit_lists.compare",
        "exams.merit_lists.list_staff",
        "exams.merit_lists.show",
        "exams.merit_lists.show_entry",
        "exams.objection_fees.*",
        "exams.objections.download",
        "exams.objections.list_staff",
        "exams.objections.release",
        "exams.objections.show",
        "exams.panels.*",
        "exams.booklets.*",
        "exams.item_bank.*",
        "exams.plans.*",
        "exams.publications.undo",
        "exams.list_notes.*",
        "exams.sandboxes.*",
        "exams.spot_checks.*",
        "exams.recusals.*",
        "exams.readings.*",
        "exams.responses.*",
        "exams.scripts.*",
        "exams.seating.*",
        "exams.sessions.*",
        "exams.what_ifs.*",
        "exams.rulebook_versions.*",
        "home.*",
        "recruitment.postings.list_staff",
        "recruitment.postings.show",
    ),
    Role.KEY_CUSTODIAN: (
        "exams.challenges.confirm",
        "exams.challenges.list_staff",
        "exams.challenges.send_back",
        "exams.challenges.show",
        "exams.challenges.show_item",
        "exams.corrections.show",
        "exams.examinations.list_staff",
        "exams.examinations.show",
        "exams.item_analysis.show",
        "exams.item_analysis.show_item",
        "exams.keys.decide",
        "exams.keys.show",
        "exams.objections.download",
        "exams.objections.list_staff",
        "exams.objections.show",
        "exams.what_ifs.download",
        "exams.what_ifs.show",
        "home.*",
    ),
    # A rater sees blind codes, scripts and what was declared, and nothing that leads from a code to a name.
    Role.RATER: ("exams.marking.*", "home.staff"),
    Role.APPOINTING_AUTHORITY: (
        "exams.certificates.close",
        "exams.certificates.list_staff",
        "exams.certificates.show",
        "exams.considerations.list_staff",
        "exams.considerations.show",
        "exams.extensions.propose",
        "exams.joint_certificates.show",
        "exams.name_requests.ask",
        "exams.name_requests.list_lists",
        "exams.name_requests.list_staff",
        "exams.name_requests.show",
        "exams.offers.*",
        "exams.selection_audits.list_audits",
        "exams.selection_audits.show",
        "exams.preferred_lists.list_staff",
        "exams.preferred_lists.show",
        "exams.reserves.download",
        "exams.reserves.show",
        "exams.selections.appoint",
        "exams.selections.consider",
        "exams.selections.decline",
        "exams.selections.download",
        "exams.selections.pass_over",
        "home.*",
        *personnel_duties.APPOINTING_AUTHORITY,
        "recruitment.applications.show_staff",
        "recruitment.documents.download_staff",
        "recruitment.postings.list_staff",
        "recruitment.postings.show",
        "recruitment.requisitions.decide",
        "recruitment.requisitions.list_staff",
        "recruitment.requisitions.show",
    ),
    Role.GRIEVANCE_OFFICER: ("home.*", *personnel_duties.GRIEVANCE_OFFICER),
    Role.RECORDS_OFFICER: (
        "accounts.list_duplicates",
        "accounts.list_merges",
        "accounts.propose_merge",
        "accounts.show_merge",
        "accounts.tell_apart",
        "compliance.case_purges.list_staff",
        "compliance.case_purges.propose",
        "compliance.case_purges.show",
        "compliance.deletions.list_staff",
        "compliance.deletions.place_hold",
        "compliance.deletions.propose",
        "compliance.deletions.propose_release",
        "compliance.deletions.refuse",
        "compliance.deletions.show",
        "compliance.retention.list_staff",
        "compliance.retention.propose",
        "compliance.retention.show",
        "home.*",
        *personnel_duties.RECORDS_OFFICER,
    ),
    Role.AUDITOR: auditing.PERMISSIONS,
    Role.AGENCY_ADMINISTRATOR: (
        "accounts.add_holiday",
        "accounts.decide_merge",
        "accounts.decide_role",
        "accounts.end_role",
        "accounts.list_accounts",
        "accounts.list_merges",
        "accounts.list_agencies",
        "accounts.list_holidays",
        "accounts.list_proposed_roles",
        "accounts.propose_role",
        "accounts.remove_holiday",
        "accounts.reset_second_factor",
        "accounts.show",
        "accounts.show_merge",
        "accounts.undo_merge",
        "home.*",
        *personnel_duties.AGENCY_ADMINISTRATOR,
        "recruitment.postings.list_staff",
        "recruitment.postings.show",
        "recruitment.requisitions.list_staff",
        "recruitment.requisitions.show",
    ),
    Role.SYSTEM_ADMINISTRATOR: (
        "accounts.*",
        "home.*",
    ),
}


def grants_for(role: Role, agency_id: str | None) -> tuple[Grant, ...]:
    """Give the permission grants of a role held in one agency, or (None) in all."""
    return tuple(Grant(pattern, agency_id) for pattern in PERMISSIONS[role])


def is_staff(actor: Actor) -> bool:
    """Tell whether the actor holds a role in the office."""
    return any(Role(role).is_staff for role in actor.roles)
