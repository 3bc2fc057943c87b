"""What the tests of accounts share."""

from __future__ import annotations

import pytest


@pytest.fixture
def landing(app):
    """Where an applicant goes after signing in: to their applications, once there are such pages."""
    own = "recruitment.applications.list_own"
    return "/my/applications" if own in app.view_functions else "/my/account"
