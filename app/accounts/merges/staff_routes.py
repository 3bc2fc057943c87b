"""Two accounts of one person over HTTP, for records officers and administrators."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.merges import consents, forms, queries, services
from app.accounts.merges.rules import SENTENCES, Facts, reasons
from app.accounts.models import Account
from app.accounts.queries import find_account_by_email, get_account
from app.accounts.routes import bp
from app.platform import clock
from app.platform.db import reading
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.pages import render, save

navigation.add("Double accounts", "accounts.list_duplicates", area="staff", order=91)
navigation.add("Joined accounts", "accounts.list_merges", area="staff", order=92)
PAIR = "<id('acc'):first_id>/<id('acc'):second_id>"


@bp.get("/staff/duplicates")
@requires("accounts.list_duplicates")
def list_duplicates() -> ResponseReturnValue:
    """List accounts that may be one person's; two may be named by their addresses instead."""
    filters = forms.PairFilter()
    emails = [field.data or "" for field in (filters.one, filters.other)]
    with reading() as session:
        pairs = queries.list_pairs(session)
        named = [find_account_by_email(session, email) if email else None for email in emails]
    if all(named) and named[0].id != named[1].id:  # type: ignore[union-attr]
        first, second = (account.id for account in named if account)
        return redirect(url_for(".propose_merge", first_id=first, second_id=second), 303)
    unknown = [email for email, account in zip(emails, named, strict=True) if email and account is None]
    return render(filters=filters, pairs=pairs, sentences=SENTENCES, unknown=unknown)


@bp.route(f"/staff/duplicates/{PAIR}", methods=["GET", "POST"])
@requires("accounts.propose_merge")
def propose_merge(first_id: str, second_id: str) -> ResponseReturnValue:
    """Show two accounts side by side, and propose to join them."""
    actor = current_actor()
    with reading() as session:
        pair = [get_account(session, account_id) for account_id in (first_id, second_id)]
        shown = _side_by_side(session, *pair)
        clashes = queries.list_clashes(session, first_id, second_id)
    form = forms.with_clashes(clashes)()
    form.offer(pair)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.propose(
            session, **form.values(first_id, second_id, clashes), actor=actor, at=clock.now()
        ),
    ):
        flash("Proposed. Both mailboxes are asked, then another officer decides.", "important")
        return redirect(url_for(".show_merge", merge_id=form.saved.id), 303)
    return render(form=form, **shown)


@bp.route(f"/staff/duplicates/{PAIR}/apart", methods=["GET", "POST"])
@requires("accounts.tell_apart")
def tell_apart(first_id: str, second_id: str) -> ResponseReturnValue:
    """Keep that two accounts are two people's."""
    actor, form = current_actor(), forms.ApartForm()
    with reading() as session:
        pair = [get_account(session, account_id) for account_id in (first_id, second_id)]
    if form.validate_on_submit() and save(
        form,
        lambda session: services.tell_apart(
            session,
            one_id=first_id,
            other_id=second_id,
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("They are not listed together any more.", "success")
        return redirect(url_for(".list_duplicates"), 303)
    return render(form=form, pair=pair)


@bp.get("/staff/merges")
@requires("accounts.list_merges")
def list_merges() -> ResponseReturnValue:
    """List the merges that wait, and those that were decided."""
    with reading() as session:
        merges = queries.list_merges(session)
    return render(merges=merges)


@bp.get("/staff/merges/<id('mrg'):merge_id>")
@requires("accounts.show_merge")
def show_merge(merge_id: str) -> ResponseReturnValue:
    """Show a merge: which accounts, why, what moves or moved, and what was chosen."""
    with reading() as session:
        merge = queries.get_merge(session, merge_id)
        counts = queries.list_holds(session, merge.kept_id, merge.absorbed_id)
        clashes = queries.list_clashes(session, merge.kept_id, merge.absorbed_id)
        news = merge.state.value == "done" and services.has_news(session, merge)
        said = consents.list_consents(session, merge_id)
    return render(merge=merge, counts=counts, clashes=clashes, has_news=news, consents=said)


@bp.route("/staff/merges/<id('mrg'):merge_id>/decide", methods=["GET", "POST"])
@requires("accounts.decide_merge")
def decide_merge(merge_id: str) -> ResponseReturnValue:
    """Carry a proposed merge out, or refuse it."""
    actor, form = current_actor(), forms.DecideForm()
    with reading() as session:
        merge = queries.get_merge(session, merge_id)
        shown = _side_by_side(session, merge.kept, merge.absorbed)
        clashes = queries.list_clashes(session, merge.kept_id, merge.absorbed_id)
        said = consents.list_consents(session, merge_id)
    accepts = form.decision.data == "accept"
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide(
            session, merge_id=merge_id, accepts=accepts, reason=form.reason.data, actor=actor, at=clock.now()
        ),
    ):
        flash("The two accounts are joined." if accepts else "The merge is refused.", "success")
        return redirect(url_for(".show_merge", merge_id=merge_id), 303)
    return render(form=form, merge=merge, clashes=clashes, consents=said, **shown)


@bp.route("/staff/merges/<id('mrg'):merge_id>/undo", methods=["GET", "POST"])
@requires("accounts.undo_merge")
def undo_merge(merge_id: str) -> ResponseReturnValue:
    """Undo a merge while nothing new has happened in it."""
    actor, form = current_actor(), forms.UndoForm()
    with reading() as session:
        merge = queries.get_merge(session, merge_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.undo(
            session,
            merge_id=merge_id,
            reason=form.reason.data,
            owner_objects=form.owner_objects.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("The merge is undone: both accounts are as before.", "success")
        return redirect(url_for(".show_merge", merge_id=merge_id), 303)
    return render(form=form, merge=merge)


def _side_by_side(session: Session, one: Account, other: Account) -> dict[str, Any]:
    """Give what is known of two accounts, what each holds, and what they share."""
    known = queries.gather_facts(session, [one.id, other.id])
    facts = [known.get(account.id, Facts()) for account in (one, other)]
    return {
        "pair": [one, other],
        "facts": facts,
        "counts": queries.list_holds(session, one.id, other.id),
        "why": [SENTENCES[kind] for kind in reasons(*facts)],
    }
