"""A position that a live requisition asks for is not abolished."""

from __future__ import annotations

import pytest

from app.accounts.roles import Role
from app.personnel.positions import services
from app.platform.db import transaction
from app.platform.errors import Conflict
from tests.factories.accounts import make_actor, make_agency
from tests.factories.personnel import make_position
from tests.factories.recruitment import make_requisition


def test_a_position_under_a_live_requisition_stays(session, at):
    agency = make_agency(session)
    officer = make_actor(session, roles=((Role.HR_OFFICER, agency.id),))
    position = make_position(session, agency=agency)
    make_requisition(session, agency_id=agency.id, positions=[position.id])
    session.flush()
    with pytest.raises(Conflict, match="A requisition asks for this position"), transaction() as opened:
        services.abolish_position(opened, position_id=position.id, reason="Saved.", actor=officer, at=at)
