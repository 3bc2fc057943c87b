"""The roles and what each may do; a permission is an endpoint's name, scoped to an agency by the grant."""

from __future__ import annotations

import enum

from app.platform.actors import Actor, Grant


class Role(enum.Enum):
    """A role as docs/decisions and the law's separation of duties know it."""

    APPLICANT = "applicant"
    EMPLOYEE = "employee"
    SUPERVISOR = "supervisor"
    HR_OFFICER = "hr_officer"
    EXAM_OFFICER = "exam_officer"
    KEY_CUSTODIAN = "key_custodian"
    APPOINTING_AUTHORITY = "appointing_authority"
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
    Role.APPOINTING_AUTHORITY: "Appointing authority",
    Role.RECORDS_OFFICER: "Records officer",
    Role.AUDITOR: "Auditor",
    Role.AGENCY_ADMINISTRATOR: "Agency administrator",
    Role.SYSTEM_ADMINISTRATOR: "System administrator",
}

# These need a second administrator before they take effect.
SENSITIVE = frozenset(
    {Role.AUDITOR, Role.KEY_CUSTODIAN, Role.AGENCY_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR}
)

# One row a role: permission patterns. `x.*` covers all of a package or noun.
PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.APPLICANT: (),
    Role.EMPLOYEE: (),
    Role.SUPERVISOR: (
        "home.staff",
        "personnel.appointments.list_staff",
        "personnel.appointments.show",
        "personnel.discipline.*",
        "personnel.employees.list_staff",
        "personnel.employees.show",
        "personnel.positions.list_staff",
        "personnel.positions.show",
    ),
    Role.HR_OFFICER: (
        "exams.appeals.*",
        "exams.certificates.*",
        "exams.challenges.list_staff",
        "exams.challenges.show",
        "exams.challenges.show_item",
        "exams.corrections.*",
        "exams.examinations.list_candidates",
        "exams.examinations.list_staff",
        "exams.examinations.show",
        "exams.keys.show",
        "exams.merit_lists.approve",
        "exams.merit_lists.discard",
        "exams.merit_lists.list_staff",
        "exams.merit_lists.publish",
        "exams.merit_lists.show",
        "exams.merit_lists.show_entry",
        "exams.plans.edit",
        "exams.plans.list_marks",
        "exams.plans.show",
        "exams.rulebook_versions.*",
        "exams.objection_fees.*",
        "exams.objections.list_staff",
        "exams.objections.show",
        "exams.selections.decide_pass_over",
        "exams.what_ifs.show",
        "home.staff",
        "notices.list_staff",
        "personnel.appointments.*",
        "personnel.discipline.*",
        "personnel.employees.list_staff",
        "personnel.employees.show",
        "personnel.positions.*",
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
        "exams.admit_cards.*",
        "exams.challenges.list_staff",
        "exams.challenges.propose",
        "exams.challenges.show",
        "exams.challenges.show_item",
        "exams.corrections.show",
        "exams.examinations.*",
        "exams.keys.propose",
        "exams.keys.show",
        "exams.merit_lists.discard",
        "exams.merit_lists.draft",
        "exams.merit_lists.list_staff",
        "exams.merit_lists.show",
        "exams.merit_lists.show_entry",
        "exams.objection_fees.*",
        "exams.objections.download",
        "exams.objections.list_staff",
        "exams.objections.release",
        "exams.objections.rule",
        "exams.objections.show",
        "exams.plans.*",
        "exams.responses.*",
        "exams.rulebook_versions.*",
        "exams.what_ifs.*",
        "home.staff",
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
        "exams.keys.decide",
        "exams.keys.show",
        "exams.objections.confirm",
        "exams.objections.download",
        "exams.objections.list_staff",
        "exams.objections.show",
        "exams.what_ifs.download",
        "exams.what_ifs.show",
        "home.staff",
    ),
    Role.APPOINTING_AUTHORITY: (
        "exams.certificates.close",
        "exams.certificates.list_staff",
        "exams.certificates.show",
        "exams.offers.*",
        "exams.selections.appoint",
        "exams.selections.decline",
        "exams.selections.pass_over",
        "home.staff",
        "personnel.appointments.appoint",
        "personnel.appointments.end",
        "personnel.appointments.list_staff",
        "personnel.appointments.show",
        "personnel.employees.list_staff",
        "personnel.employees.show",
        "personnel.positions.list_staff",
        "personnel.positions.show",
        "recruitment.applications.show_staff",
        "recruitment.documents.download_staff",
        "recruitment.postings.list_staff",
        "recruitment.postings.show",
        "recruitment.requisitions.decide",
        "recruitment.requisitions.list_staff",
        "recruitment.requisitions.show",
    ),
    Role.RECORDS_OFFICER: (
        "accounts.list_duplicates",
        "accounts.list_merges",
        "accounts.propose_merge",
        "accounts.show_merge",
        "accounts.tell_apart",
        "compliance.deletions.list_staff",
        "compliance.deletions.place_hold",
        "compliance.deletions.propose",
        "compliance.deletions.propose_release",
        "compliance.deletions.refuse",
        "compliance.deletions.show",
        "home.staff",
    ),
    Role.AUDITOR: (
        "accounts.list_accounts",
        "accounts.list_agencies",
        "accounts.list_merges",
        "accounts.show_merge",
        "accounts.list_proposed_roles",
        "accounts.show",
        "compliance.deletions.approve",
        "compliance.deletions.list_staff",
        "compliance.deletions.release_hold",
        "compliance.deletions.send_back",
        "compliance.deletions.show",
        "compliance.ledger.*",
        "compliance.reports.*",
        "exams.appeals.list_staff",
        "exams.appeals.show",
        "exams.certificates.list_staff",
        "exams.certificates.show",
        "exams.challenges.list_staff",
        "exams.challenges.show",
        "exams.challenges.show_item",
        "exams.corrections.show",
        "exams.examinations.list_candidates",
        "exams.examinations.list_staff",
        "exams.examinations.show",
        "exams.keys.show",
        "exams.merit_lists.list_staff",
        "exams.merit_lists.show",
        "exams.merit_lists.show_entry",
        "exams.objection_fees.list_staff",
        "exams.objection_fees.show",
        "exams.objections.download",
        "exams.objections.list_staff",
        "exams.objections.show",
        "exams.plans.list_marks",
        "exams.plans.show",
        "exams.responses.download",
        "exams.rulebook_versions.download",
        "exams.rulebook_versions.list_staff",
        "exams.rulebook_versions.show",
        "exams.what_ifs.download",
        "exams.what_ifs.show",
        "home.staff",
        "notices.list_staff",
        "personnel.appointments.list_staff",
        "personnel.appointments.show",
        "personnel.employees.list_staff",
        "personnel.employees.show",
        "personnel.positions.list_staff",
        "personnel.positions.show",
        "recruitment.applications.list_posting",
        "recruitment.applications.list_staff",
        "recruitment.applications.show_staff",
        "recruitment.documents.download_staff",
        "recruitment.eligibility.list_staff",
        "recruitment.fees.list_staff",
        "recruitment.fees.show_staff",
        "recruitment.interruptions.list_staff",
        "recruitment.messages.download_staff",
        "recruitment.messages.list_staff",
        "recruitment.messages.show_staff",
        "recruitment.postings.list_staff",
        "recruitment.postings.show",
        "recruitment.requisitions.list_staff",
        "recruitment.requisitions.show",
        "recruitment.screening.show",
    ),
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
        "home.staff",
        "personnel.positions.list_staff",
        "personnel.positions.show",
        "recruitment.postings.list_staff",
        "recruitment.postings.show",
        "recruitment.requisitions.list_staff",
        "recruitment.requisitions.show",
    ),
    Role.SYSTEM_ADMINISTRATOR: (
        "accounts.*",
        "home.staff",
    ),
}


def grants_for(role: Role, agency_id: str | None) -> tuple[Grant, ...]:
    """Give the permission grants of a role held in one agency, or (None) in all."""
    return tuple(Grant(pattern, agency_id) for pattern in PERMISSIONS[role])


def is_staff(actor: Actor) -> bool:
    """Tell whether the actor holds a role in the office."""
    return any(Role(role).is_staff for role in actor.roles)
