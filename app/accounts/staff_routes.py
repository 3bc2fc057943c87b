"""People and their roles over HTTP, for administrators and auditors."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.grants import forms, queries, services
from app.accounts.grants.rules import covers, needs_second_person
from app.accounts.passkeys.queries import list_passkeys
from app.accounts.queries import list_agencies_for
from app.accounts.roles import SENSITIVE, Role
from app.accounts.routes import bp
from app.accounts.second_factor import services as second_factors
from app.platform import clock
from app.platform.db import reading
from app.platform.ids import is_id
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.forms import named
from app.web.pages import render, save

navigation.add("People and roles", "accounts.list_accounts", area="staff", order=90)


@bp.get("/staff/accounts")
@requires("accounts.list_accounts")
def list_accounts() -> ResponseReturnValue:
    """List and search the people whom an administrator looks after."""
    actor, after = current_actor(), request.args.get("after", "")
    with reading() as session:
        agencies = list_agencies_for(session, actor, queries.LIST)
        filters = forms.AccountFilter(choices={"agency": named(agencies)})
        asked = filters.asked()
        found = queries.list_accounts(session, actor, after=after if is_id(after, "acc") else "", **asked)
        total = queries.count_accounts(session, actor, **asked)
        waiting = queries.list_proposed_grants(session, actor)
    accounts, has_more = found[: queries.PAGE], len(found) > queries.PAGE
    return render(
        accounts=accounts,
        filters=filters,
        following=url_for(".list_accounts", **filters.given(), after=accounts[-1].id) if has_more else "",
        waiting=waiting,
        total=total if total <= queries.MOST_COUNTED else f"{queries.MOST_COUNTED:,}+",
    )


@bp.get("/staff/accounts/<id('acc'):account_id>")
@requires("accounts.show")
def show(account_id: str) -> ResponseReturnValue:
    """Show a person, their roles and what was done about them."""
    actor = current_actor()
    with reading() as session:
        account = queries.get_visible_account(session, account_id, actor)
        events = queries.list_events(session, account_id, actor)
        passkeys = len(list_passkeys(session, account_id))
    return render(account=account, events=events, covers=covers, passkeys=passkeys)


@bp.route("/staff/role-grants/new", methods=["GET", "POST"])
@requires("accounts.propose_role")
def propose_role() -> ResponseReturnValue:
    """Give a person a role, or propose it where a second administrator decides."""
    actor, given = current_actor(), request.args.get("email", "")
    form = forms.ProposeRoleForm(data={"email": given if given.isprintable() else ""})
    with reading() as session:
        agencies = list_agencies_for(session, actor, "accounts.propose_role")
    form.offer(
        named(agencies),
        may_all=covers(actor, "accounts.propose_role", None),
    )
    if form.validate_on_submit() and save(
        form, lambda session: services.propose_role(session, **form.values(), actor=actor, at=clock.now())
    ):
        if needs_second_person(form.saved.role):
            flash("The role is proposed. It takes effect when another administrator agrees.", "important")
        else:
            flash("The role is given.", "success")
        return redirect(url_for(".show", account_id=form.saved.account_id), 303)
    return render(form=form, sensitive=[role.title for role in Role if role in SENSITIVE])


@bp.get("/staff/role-grants")
@requires("accounts.list_proposed_roles")
def list_proposed_roles() -> ResponseReturnValue:
    """List the roles that wait for a second administrator."""
    actor = current_actor()
    with reading() as session:
        grants = queries.list_proposed_grants(session, actor)
    return render(grants=grants)


@bp.route("/staff/role-grants/<id('rgt'):grant_id>/decide", methods=["GET", "POST"])
@requires("accounts.decide_role")
def decide_role(grant_id: str) -> ResponseReturnValue:
    """Accept or refuse a role that another administrator proposed."""
    actor, form = current_actor(), forms.DecideRoleForm()
    with reading() as session:
        grant = queries.get_grant(session, grant_id, actor, "accounts.decide_role")
    accepts = form.decision.data == "accept"
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide_role(
            session, grant_id=grant_id, accepts=accepts, reason=form.reason.data, actor=actor, at=clock.now()
        ),
    ):
        flash("The role is given." if accepts else "The role is refused.", "success")
        return redirect(url_for(".show", account_id=grant.account_id), 303)
    return render(form=form, grant=grant)


@bp.route("/staff/role-grants/<id('rgt'):grant_id>/end", methods=["GET", "POST"])
@requires("accounts.end_role")
def end_role(grant_id: str) -> ResponseReturnValue:
    """End a role, with a reason."""
    actor, form = current_actor(), forms.EndRoleForm()
    with reading() as session:
        grant = queries.get_grant(session, grant_id, actor, "accounts.end_role")
    if form.validate_on_submit() and save(
        form,
        lambda session: services.end_role(
            session, grant_id=grant_id, reason=form.reason.data, actor=actor, at=clock.now()
        ),
    ):
        flash("The role has ended.", "success")
        return redirect(url_for(".show", account_id=grant.account_id), 303)
    return render(form=form, grant=grant)


@bp.route("/staff/accounts/<id('acc'):account_id>/second-factor/reset", methods=["GET", "POST"])
@requires("accounts.reset_second_factor")
def reset_second_factor(account_id: str) -> ResponseReturnValue:
    """Turn a person's two-step sign-in off, because they lost the phone."""
    actor, form = current_actor(), forms.ResetSecondFactorForm()
    with reading() as session:
        account = queries.get_visible_account(session, account_id, actor, "accounts.reset_second_factor")
    if form.validate_on_submit() and save(
        form,
        lambda session: second_factors.reset(
            session, account_id=account_id, reason=form.reason.data, actor=actor, at=clock.now()
        ),
    ):
        flash("Two-step sign-in is reset, and all of this person’s sessions have ended.", "success")
        return redirect(url_for(".show", account_id=account_id), 303)
    return render(form=form, account=account)
