"""Policies for the office: write, compare, approve, and see who acknowledged."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.personnel import history
from app.personnel.policies import forms, printing, queries, services
from app.personnel.policies.compliance import load_compliance
from app.personnel.policies.markup import compare as compare_texts
from app.personnel.policies.markup import parse
from app.personnel.policies.models import Policy
from app.personnel.policies.routes import bp
from app.personnel.policies.states import PolicyKind, Topic
from app.platform import clock
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.pages import act, download, render, save

ONE = "/staff/policies/<id('pol'):policy_id>"
navigation.add("Policies", "personnel.policies.list_staff", area="staff", order=18)


@bp.get("/staff/policies")
@requires("personnel.policies.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the policies of the officer's agencies, by number."""
    filters = forms.SearchForm()
    with reading() as session:
        page = queries.list_policies(
            session, current_actor(), filters.text.data or "", cursor=listing.read_cursor()
        )
    today = clock.now().date()
    current = {row.id: queries.current_of(row, today) for row in page.rows}
    return render(filters=filters, page=page, current=current, pages=listing.addresses(page))


@bp.get(ONE)
@requires("personnel.policies.show")
def show(policy_id: str) -> ResponseReturnValue:
    """Show a policy: the version being written or in force, all versions, what happened."""
    policy = _read(policy_id)
    with reading() as session:
        events = history.list_history(session, [policy.id])
    version = queries.find_version(policy, request.args.get("version") or policy.versions[-1].id)
    return render(
        policy=policy,
        version=version,
        blocks=parse(version.text),
        current=queries.current_of(policy, clock.local_date(clock.now(), policy.agency.time_zone)),
        zone=policy.agency.time_zone,
        timeline=history.timeline(events, policy.agency.time_zone),
    )


@bp.route("/staff/policies/new", methods=["GET", "POST"])
@requires("personnel.policies.create")
def create() -> ResponseReturnValue:
    """Begin a policy with the draft of its first version."""
    actor, form = current_actor(), forms.PolicyForm()
    with reading() as session:
        form.offer(list_agencies_for(session, actor, "personnel.policies.create"))
        if not form.is_submitted():
            form.number.data = queries.next_number(session)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.create_policy(
                session,
                agency_id=form.agency_id.data,
                values=_values(form),
                version=_version(form),
                actor=actor,
                at=clock.now(),
            ).id
        ),
    ):
        flash("Draft saved.", "success")
        return redirect(url_for(".show", policy_id=form.saved), 303)
    return render(form=form)


@bp.route(f"{ONE}/edit", methods=["GET", "POST"])
@requires("personnel.policies.edit")
def edit(policy_id: str) -> ResponseReturnValue:
    """Change the draft, or begin the next version from the one before."""
    actor, policy = current_actor(), _read(policy_id)
    form = forms.PolicyForm(data=_given(policy))
    with reading() as session:
        form.offer_for(policy, list_agencies_for(session, actor, "personnel.policies.edit"))

    def change(session: Session) -> str:
        services.edit_policy(
            session,
            policy_id=policy_id,
            values=_values(form),
            version=_version(form),
            actor=actor,
            at=clock.now(),
        )
        return policy_id

    if form.validate_on_submit() and save(form, change):
        flash("Draft saved.", "success")
        return redirect(url_for(".show", policy_id=policy_id), 303)
    return render(form=form, policy=policy)


@bp.post(f"{ONE}/submit")
@requires("personnel.policies.submit")
def submit(policy_id: str) -> ResponseReturnValue:
    """Hand the draft to somebody else for approval."""
    return act(
        lambda session: services.submit_version(
            session, policy_id=policy_id, actor=current_actor(), at=clock.now()
        ),
        done="Submitted. Somebody else approves it.",
        then=url_for(".show", policy_id=policy_id),
    )


@bp.route(f"{ONE}/decide", methods=["GET", "POST"])
@requires("personnel.policies.decide")
def decide(policy_id: str) -> ResponseReturnValue:
    """Approve and publish a version, or send it back."""
    form, policy = forms.DecideForm(), _read(policy_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide_version(
            session,
            policy_id=policy_id,
            is_approved=form.decision.data == "approve",
            reason=form.reason.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Decided.", "success")
        return redirect(url_for(".show", policy_id=policy_id), 303)
    before = policy.versions[-2].text if len(policy.versions) > 1 else ""
    wanted = services.values_of(policy)
    with reading() as session:
        named = queries.load_agency_names(session, wanted.agencies)
    changes = compare_texts(before, policy.versions[-1].text)
    return render(form=form, policy=policy, wanted=wanted, named=named, changes=changes)


@bp.get(f"{ONE}/compare/<id('plv'):before_id>/<id('plv'):after_id>")
@requires("personnel.policies.compare")
def compare(policy_id: str, before_id: str, after_id: str) -> ResponseReturnValue:
    """Show what changed from one version to another."""
    policy = _read(policy_id)
    before, after = queries.find_version(policy, before_id), queries.find_version(policy, after_id)
    return render(policy=policy, before=before, after=after, changes=compare_texts(before.text, after.text))


@bp.get(f"{ONE}/versions/<id('plv'):version_id>/compliance")
@requires("personnel.policies.compliance")
def compliance(policy_id: str, version_id: str) -> ResponseReturnValue:
    """Show who acknowledged a version, who is late, and how the agencies stand."""
    filters = forms.ComplianceForm()
    policy = _read(policy_id)
    version = queries.find_version(policy, version_id)
    with reading() as session:
        found = load_compliance(
            session, policy, version, current_actor(), clock.now(), filters.state.data or ""
        )
    return render(policy=policy, version=version, filters=filters, found=found)


@bp.get(f"{ONE}/versions/<id('plv'):version_id>/pdf")
@requires("personnel.policies.download_staff")
def download_staff(policy_id: str, version_id: str) -> ResponseReturnValue:
    """Send any version as PDF."""
    policy = _read(policy_id)
    version = queries.find_version(policy, version_id)
    name = f"{policy.number}-{version.version}.pdf"
    return download(printing.render(policy, version), filename=name, media_type="application/pdf")


def _read(policy_id: str) -> Policy:
    with reading() as session:
        return queries.get_policy(session, policy_id, current_actor())


def _values(form: forms.PolicyForm) -> services.PolicyValues:
    return services.PolicyValues(
        form.number.data,
        form.title.data,
        PolicyKind(form.kind.data),
        tuple(form.agencies.data),
        tuple(Topic(topic) for topic in form.topics.data),
    )


def _version(form: forms.PolicyForm) -> services.VersionValues:
    return services.VersionValues(
        form.text.data,
        form.change_note.data,
        cast(dt.date, form.effective_on.data),
        form.acknowledge_days.data,
    )


def _given(policy: Policy) -> dict[str, Any]:
    last = policy.versions[-1]
    is_draft = last.published_at is None
    values = services.values_of(policy)
    return {
        "agency_id": policy.agency_id,
        "number": values.number,
        "title": values.title,
        "kind": values.kind,
        "agencies": list(values.agencies),
        "topics": [topic.value for topic in values.topics],
        "text": last.text,
        "change_note": last.change_note if is_draft else "",
        "effective_on": last.effective_on if is_draft else None,
        "acknowledge_days": last.acknowledge_days,
    }
