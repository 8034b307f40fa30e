"""The whole program with one campaign, unless a test has a coalition of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app import clock
from app.access import Role
from app.config import Settings
from app.main import create_app
from app.web.kernel import EXTENSION, Kernel
from quests.route.library import PackLibrary
from tests import builders
from tests.conftest import WHOLE
from tests.page import client_of
from tests.web.evidence.one_campaign import Portal


@pytest.fixture
def portal(settings: Settings, library: PackLibrary) -> Iterator[Portal]:
    app = create_app(settings, library)
    kernel: Kernel = app.extensions[EXTENSION]
    with kernel.database.reaching(WHOLE).writing() as session:
        campaign = builders.a_campaign(session, candidate=builders.a_person(session, name="Anna"))
        organisation = session.get_one(builders.Organisation, campaign.organisation_id)
        coalition = session.get_one(builders.Coalition, campaign.coalition_id)
        vera, boris = (builders.a_person(session, name=name) for name in ("Vera", "Boris"))
        builders.a_staff(session, organisation=organisation, person=vera)
        builders.a_staff(session, role=Role.CHIEF, coalition=coalition, person=boris)
        tokens = [
            builders.a_session_token(session, person, now=clock.now())
            for person in (campaign.candidate_id, vera, boris)
        ]
        campaign_id = campaign.id
    clients = [client_of(app) for _ in tokens]
    for client, token in zip(clients, tokens, strict=True):
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
    yield Portal(
        kernel=kernel,
        library=library,
        candidate=clients[0],
        coordinator=clients[1],
        chief=clients[2],
        campaign_id=campaign_id,
    )
    kernel.database.dispose()
