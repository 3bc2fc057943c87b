"""Every page says who may open it, and the table of roles knows no page that is not there."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask

from app.accounts.roles import PERMISSIONS
from app.factory import ROOT
from app.home.waiting import list_kinds
from app.platform.actors import Grant
from app.web.access import PUBLIC, SIGNED_IN, permission_of

# What anyone may open without signing in, each reviewed; a new one is added here on purpose.
PUBLIC_ENDPOINTS = {
    "accounts.choose_language",
    "accounts.answer_merge",  # by a mailed link
    "accounts.ask_passkey",
    "accounts.come_back",  # from another service
    "accounts.confirm_address",  # by a mailed link
    "accounts.confirm_registration",
    "accounts.enter_code",  # the second step of signing in
    "accounts.enter_recovery_code",
    "accounts.follow_link",  # the one that was mailed to who registers
    "accounts.go_to_service",
    "accounts.mail_again",
    "accounts.sign_in_by_passkey",
    "accounts.forgot",
    "accounts.mailbox",
    "accounts.mailbox_message",
    "accounts.register",
    "accounts.reset",
    "accounts.sign_in",
    "exams.exam_days.calendar",
    "exams.exam_days.list_public",
    "exams.exam_days.own_calendar",  # by its signed link
    "exams.merit_lists.download_published",
    "exams.merit_lists.list_published",
    "exams.merit_lists.print_published",
    "exams.merit_lists.show_published",
    "exams.panels.show_scale",
    "home.accessibility",
    "home.privacy",
    "home.ranking",
    "home.start",
    "notices.check",
    "notices.verify",
    "recruitment.interruptions.health",
    "recruitment.feeds.atom",
    "recruitment.feeds.robots",
    "recruitment.feeds.rss",
    "recruitment.feeds.search_jobs",
    "recruitment.feeds.sitemap",
    "recruitment.feeds.sitemap_part",
    "recruitment.postings.search",
    "recruitment.postings.vacancy",
    "recruitment.receipts.about",
    "recruitment.receipts.check",
    "recruitment.receipts.keys",
    "recruitment.receipts.make_again",
    "recruitment.receipts.verifier_page",
    "recruitment.receipts.verifier_script",
    "recruitment.saved_searches.unsubscribe",  # by its signed link
    "static_file",
}


def endpoints(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules()}


def test_each_page_has_a_permission_named_like_its_endpoint(app):
    odd = {
        endpoint: permission_of(app, endpoint)
        for endpoint in endpoints(app)
        if permission_of(app, endpoint) not in (PUBLIC, SIGNED_IN, endpoint)
    }
    assert odd == {}


def test_public_pages_are_exactly_the_reviewed_ones(app):
    found = {endpoint for endpoint in endpoints(app) if permission_of(app, endpoint) == PUBLIC}
    assert found == PUBLIC_ENDPOINTS


def test_each_permission_is_held_by_a_role(app):
    asked = {endpoint for endpoint in endpoints(app) if permission_of(app, endpoint) == endpoint}
    grants = [Grant(pattern, None) for patterns in PERMISSIONS.values() for pattern in patterns]
    assert {name for name in asked if not any(grant.covers(name) for grant in grants)} == set()


def test_the_table_of_roles_names_only_pages_that_exist(app):
    known = endpoints(app)
    dead = {
        (role.value, pattern)
        for role, patterns in PERMISSIONS.items()
        for pattern in patterns
        if not any(Grant(pattern, None).covers(endpoint) for endpoint in known)
    }
    assert dead == set()


def test_nothing_changes_by_a_get_request(app):
    views = {rule.endpoint: rule.methods for rule in app.url_map.iter_rules()}
    assert all({"PUT", "DELETE", "PATCH"}.isdisjoint(methods) for methods in views.values())


def test_audit_actions_begin_with_a_noun_that_has_pages(app):
    stems = {endpoint.rpartition(".")[0] for endpoint in endpoints(app)} | {"system"}
    found = {}
    for path in sorted(Path(ROOT / "app").rglob("*.py")):
        for action in re.findall(r'audit\.record\(\s*\w+,\s*f?"([^"]+)"', path.read_text()):
            if action.rpartition(".")[0] not in stems:
                found[action] = str(path.relative_to(ROOT))
    assert found == {}


def test_the_work_queue_leads_to_pages_that_exist(app):
    asked = {name for kind in list_kinds() for name in (kind.permission, kind.endpoint)}
    asked |= {kind.one.endpoint for kind in list_kinds() if kind.one is not None}
    assert asked - endpoints(app) == set()
