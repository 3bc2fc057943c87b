"""What an appeal leaves of a penalty, entered in the service record, and the time for which pay is owed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel.actions import orders, services
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.queries import as_of
from app.personnel.actions.rules import DAY, Changes
from app.personnel.actions.states import ActionKind, ActionState, Standing
from app.personnel.case_appeals.models import CaseAppeal
from app.personnel.case_appeals.rules import Span, days_kept, pay_owed
from app.personnel.decisions.effects import Reduction
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.rules import procedure_of
from app.personnel.discipline.states import Action
from app.personnel.positions.models import Position
from app.personnel.positions.queries import find_by_number
from app.personnel.service_records.models import ServiceRecord
from app.platform.actors import Actor
from app.platform.calendars import add_days
from app.platform.errors import Conflict, Invalid


@dataclass(frozen=True, slots=True)
class Order:
    """What is put right: the case and its appeal, from when the penalty held, by whom and when."""

    session: Session
    case: DisciplinaryCase
    appeal: CaseAppeal
    began_on: dt.date
    actor: Actor
    at: dt.datetime

    @property
    def reason(self) -> str:
        """Say on what the entries rest."""
        forum = f"{self.appeal.forum.title}, {self.appeal.docket}"
        return f"{self.appeal.outcome.title if self.appeal.outcome else ''}: {forum}, case {self.case.number}"

    @property
    def kept(self) -> int:
        """Give how many days of suspension the appeal leaves."""
        return days_kept(self.appeal.action, self.appeal.days)

    def enter(
        self,
        kind: ActionKind,
        effective_on: dt.date,
        changes: Changes | None = None,
        ends_on: dt.date | None = None,
    ) -> PersonnelAction:
        """Enter an act; two people stand behind it already: who decided the appeal, and who enters it."""
        law = procedure_of(self.case.regime, self.case.procedure)
        return services.carry_out(
            self.session,
            employee_id=self.case.employee_id,
            kind=kind,
            effective_on=effective_on,
            ends_on=ends_on,
            changes=changes or Changes(),
            authority_code=law.authority_code,
            authority=law.law,
            reason=self.reason,
            source=self.case.id,
            approved_by=None,
            actor=self.actor,
            at=self.at,
        )


def right_suspension(order: Order, last_on: dt.date, today: dt.date) -> Span | None:
    """Shorten or take back a suspension: the return day moves, also of one that runs; gives the pay owed."""
    session, kept = order.session, order.kept
    back_on = add_days(order.began_on, kept)
    was, ret = (
        orders.find_standing(session, order.case.id, kind)
        for kind in (ActionKind.SUSPENSION, ActionKind.RETURN_TO_DUTY)
    )
    if was is None:
        raise Conflict("The service record does not hold this suspension.")
    given = {"reason": order.reason, "actor": order.actor, "at": order.at}
    is_ahead = ret is not None and ret.state is ActionState.APPROVED
    if ret is not None and is_ahead:
        orders.call_off(session, ret, **given)  # type: ignore[arg-type]
    elif ret is not None:
        effect = ret.effect if kept else {}
        orders.correct(session, ret, effective_on=back_on, effect=effect, **given)  # type: ignore[arg-type]
    effect, ends_on = (was.effect, add_days(back_on, -1)) if kept else ({}, None)
    orders.correct(
        session,
        was,
        effective_on=order.began_on,
        effect=effect,
        ends_on=ends_on,
        **given,  # type: ignore[arg-type]
    )
    if kept and (is_ahead or ret is None):
        order.enter(ActionKind.RETURN_TO_DUTY, back_on)
    return pay_owed(back_on, min(last_on, add_days(today, -1)))


def right_removal(order: Order, back_on: dt.date, position_number: str, to: Reduction) -> Span | None:
    """Bring back who was removed, with the lighter penalty in place of the removal; gives the pay owed.

    Where the former post is free and a suspension takes the place of the removal, the record says that the
    person was suspended, not separated. Elsewhere the person is reinstated from `back_on` on.
    """
    first, former = order.began_on + DAY, _former(order)
    until = add_days(first, order.kept - 1)
    if order.kept and until >= back_on:
        raise Invalid(effective_on=f"The suspension runs until {until.isoformat()}. Choose a later day")
    gone = orders.find_standing(order.session, order.case.id, ActionKind.SEPARATION)
    if order.kept and gone is not None and not position_number.strip() and _is_free(order, former):
        suspended = {"standing": Standing.SUSPENDED.value}
        orders.correct(
            order.session,
            gone,
            effective_on=first,
            effect=suspended,
            ends_on=until,
            reason=order.reason,
            actor=order.actor,
            at=order.at,
        )
        order.enter(ActionKind.RETURN_TO_DUTY, add_days(until, 1))
    else:
        own = _post(order, position_number) if position_number.strip() else former.position_id
        order.enter(ActionKind.REINSTATEMENT, back_on, _reduced(order, own, to))
    return pay_owed(add_days(until, 1), add_days(back_on, -1))


def right_demotion(order: Order, back_on: dt.date) -> Span | None:
    """Take the demotion back, so that grade and pay held all along; a suspension instead begins on `back_on`.

    Gives the time for which the difference in pay is owed.
    """
    was = orders.find_standing(order.session, order.case.id, ActionKind.REDUCTION)
    if was is None:
        raise Conflict("The service record does not hold this reduction.")
    orders.correct(
        order.session,
        was,
        effective_on=was.effective_on,
        effect={},
        reason=order.reason,
        actor=order.actor,
        at=order.at,
    )
    if order.kept:
        after = add_days(back_on, order.kept)
        order.enter(ActionKind.SUSPENSION, back_on, ends_on=add_days(after, -1))
        order.enter(ActionKind.RETURN_TO_DUTY, after)
    return pay_owed(order.began_on, add_days(back_on, -1))


def _reduced(order: Order, position_id: str | None, to: Reduction) -> Changes:
    if order.appeal.action is not Action.DEMOTION:
        return Changes(position_id=position_id)
    if not to.grade and to.pay_minor is None:
        raise Invalid(grade="Enter the grade or the pay to which the employee is reduced")
    return Changes(position_id=position_id, grade=to.grade or None, pay_minor=to.pay_minor)


def _former(order: Order) -> ServiceRecord:
    former = as_of(order.session, order.case.employee_id, order.began_on - DAY)
    if former is None:
        raise Conflict("The service record does not say what held before this action.")
    return former


def _is_free(order: Order, former: ServiceRecord) -> bool:
    post = order.session.get(Position, former.position_id) if former.position_id else None
    return post is not None and post.incumbent_id is None


def _post(order: Order, number: str) -> str:
    post = find_by_number(order.session, number.strip(), order.case.agency_id)
    if post is None:
        raise Invalid(position_number="There is no position with this number in the agency")
    return post.id
