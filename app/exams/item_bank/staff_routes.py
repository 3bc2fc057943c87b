"""The bank for the staff: search, an item with its versions and figures, and the acts on it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.exams import history
from app.exams.item_bank import queries, rules, services
from app.exams.item_bank.forms import (
    CreateForm,
    ItemFilterForm,
    ItemForm,
    RetireForm,
    item_data,
    offer_agencies,
)
from app.exams.item_bank.states import Difficulty, ItemState
from app.exams.listing import asked
from app.platform import clock
from app.platform.db import reading
from app.recruitment.listing import address
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.forms import as_choices
from app.web.pages import act, render, save

bp = Blueprint("item_bank", __name__)
navigation.add("Item bank", "exams.item_bank.list_staff", area="staff", order=42)


@bp.get("/staff/items")
@requires("exams.item_bank.list_staff")
def list_staff() -> ResponseReturnValue:
    """Search the items of the officer's agencies."""
    actor = current_actor()
    with reading() as session:
        cells = queries.count_cells(session, actor)
        filters = ItemFilterForm(choices={"subject": as_choices(dict.fromkeys(cell[0] for cell in cells))})
        wanted = queries.Filters(
            text=filters.text.data or "",
            subject=filters.subject.data or "",
            difficulty=Difficulty(filters.difficulty.data) if filters.difficulty.data else None,
            state=ItemState(filters.state.data) if filters.state.data else None,
            after=asked("after"),
        )
        items, following = queries.list_items(session, actor, wanted)
        holding = queries.list_holding(session, actor)
    next_page = address(after=following) if following else ""
    return render(
        items=items, stock=rules.stock(cells), holding=holding, filters=filters, next_page=next_page
    )


@bp.get("/staff/items/<id('bki'):item_id>")
@requires("exams.item_bank.show")
def show(item_id: str) -> ResponseReturnValue:
    """Show an item, all its versions, and how it did in examinations."""
    with reading() as session:
        item = queries.get_item(session, item_id, current_actor())
        uses = queries.list_uses(session, item_id)
        timeline = history.load_timeline(session, item_id, item.agency.time_zone)
    return render(item=item, latest=item.versions[0], uses=uses, timeline=timeline)


@bp.route("/staff/items/new", methods=["GET", "POST"])
@requires("exams.item_bank.create")
def create() -> ResponseReturnValue:
    """Write a new item."""
    actor, form = current_actor(), CreateForm()
    with reading() as session:
        offer_agencies(form, list_agencies_for(session, actor, "exams.item_bank.create"))

    def change(session: Session) -> str:
        return services.create_item(
            session,
            agency_id=form.agency_id.data,
            content=form.content(form.code.data),
            actor=actor,
            at=clock.now(),
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("Item saved. A second person can now review it.", "success")
        return redirect(url_for(".show", item_id=form.saved), 303)
    return render(form=form)


@bp.route("/staff/items/<id('bki'):item_id>/edit", methods=["GET", "POST"])
@requires("exams.item_bank.edit")
def edit(item_id: str) -> ResponseReturnValue:
    """Give an item another wording, as its next version."""
    actor = current_actor()
    with reading() as session:
        item = queries.get_item(session, item_id, actor)
    form = ItemForm(data=item_data(rules.content_of(item, item.versions[0])))

    def change(session: Session) -> str:
        return services.edit_item(
            session, item_id=item_id, content=form.content(item.code), actor=actor, at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("New version saved. A second person has to review it before it is used.", "success")
        return redirect(url_for(".show", item_id=item_id), 303)
    return render(form=form, item=item)


@bp.post("/staff/items/<id('bki'):item_id>/review")
@requires("exams.item_bank.review")
def review(item_id: str) -> ResponseReturnValue:
    """Approve the latest version, which somebody else wrote."""
    return act(
        lambda session: services.review_item(session, item_id=item_id, actor=current_actor(), at=clock.now()),
        done="Reviewed. The item can now be taken into papers.",
        then=url_for(".show", item_id=item_id),
    )


@bp.route("/staff/items/<id('bki'):item_id>/retire", methods=["GET", "POST"])
@requires("exams.item_bank.retire")
def retire(item_id: str) -> ResponseReturnValue:
    """Take an item out of use for good."""
    actor, form = current_actor(), RetireForm()
    with reading() as session:
        item = queries.get_item(session, item_id, actor)

    def change(session: Session) -> str:
        return services.retire_item(
            session, item_id=item_id, reason=form.reason.data, actor=actor, at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("Item retired.", "success")
        return redirect(url_for(".show", item_id=item_id), 303)
    return render(form=form, item=item)
