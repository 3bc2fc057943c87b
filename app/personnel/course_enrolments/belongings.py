"""How enrolments and development plans go when two accounts of one person are joined."""

from __future__ import annotations

from app.accounts.holdings import stays

WHY = "It says which supervisor was asked; that is no part of the person’s own file."
stays("course_enrolments.approver_id", WHY)
stays("development_plans.approver_id", WHY)
