"""Reading samples and their sheets."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.exams.examinations.models import Examination
from app.exams.spot_checks.models import SpotCheck, SpotCheckSheet
from app.exams.spot_checks.states import CheckState, SheetOutcome
from app.platform import scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "exams.spot_checks.show"


def find_latest(session: Session, examination_id: str) -> SpotCheck | None:
    """Find the sample that was drawn last, with who drew it and from which file."""
    return session.scalar(
        select(SpotCheck)
        .where(SpotCheck.examination_id == examination_id)
        .options(joinedload(SpotCheck.drawer), joinedload(SpotCheck.response_import))
        .order_by(SpotCheck.drawn_at.desc(), SpotCheck.id.desc())
        .limit(1)
    )


def find_open(session: Session, examination_id: str, *, lock: bool = False) -> SpotCheck | None:
    """Find the sample that is being read."""
    query = select(SpotCheck).where(
        SpotCheck.examination_id == examination_id, SpotCheck.state == CheckState.OPEN
    )
    return session.scalar(query.with_for_update() if lock else query)


def list_sheets(session: Session, check_id: str) -> list[SpotCheckSheet]:
    """List the sheets of a sample in the order of their lots, with candidates and who read them."""
    return list(
        session.scalars(
            select(SpotCheckSheet)
            .where(SpotCheckSheet.check_id == check_id)
            .options(
                joinedload(SpotCheckSheet.candidate),
                joinedload(SpotCheckSheet.reader),
                joinedload(SpotCheckSheet.settler),
            )
            .order_by(SpotCheckSheet.position)
        )
    )


def count_outcomes(session: Session, check_id: str) -> dict[SheetOutcome, int]:
    """Count the sheets of a sample by what came of them, each outcome named."""
    rows = session.execute(
        select(SpotCheckSheet.outcome, func.count())
        .where(SpotCheckSheet.check_id == check_id)
        .group_by(SpotCheckSheet.outcome)
    )
    counts = dict(rows.all())
    return {outcome: counts.get(outcome, 0) for outcome in SheetOutcome}


def find_next_sheet(session: Session, check_id: str) -> SpotCheckSheet | None:
    """Find the first sheet of a sample that nobody has read again."""
    return session.scalar(
        select(SpotCheckSheet)
        .where(SpotCheckSheet.check_id == check_id, SpotCheckSheet.outcome == SheetOutcome.WAITING)
        .order_by(SpotCheckSheet.position)
        .limit(1)
    )


def get_sheet(
    session: Session, sheet_id: str, actor: Actor, *, permission: str = READ, lock: bool = False
) -> SpotCheckSheet:
    """Give a sheet with its sample, examination and items; NotFound outside the actor's agencies."""
    query = (
        select(SpotCheckSheet)
        .join(SpotCheck, SpotCheck.id == SpotCheckSheet.check_id)
        .where(SpotCheckSheet.id == sheet_id, scope.within(SpotCheck.agency_id, actor, permission))
        .options(
            selectinload(SpotCheckSheet.candidate),
            selectinload(SpotCheckSheet.reader),
            selectinload(SpotCheckSheet.check)
            .selectinload(SpotCheck.examination)
            .options(selectinload(Examination.items), selectinload(Examination.agency)),
        )
    )
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound("There is no such sheet in a sample.")
    return found
