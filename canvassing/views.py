"""Every screen of the field: importing this module puts them into their sections."""

from __future__ import annotations

from canvassing.contacts import views as _contacts
from canvassing.doors import lead_views as _lead
from canvassing.doors import sync_views as _sync
from canvassing.doors import views as _doors
from canvassing.imports import views as _imports
from canvassing.sections import doors, field
from canvassing.turf import views as _turf

SECTIONS = (field, doors)
SCREENS = (_contacts, _lead, _sync, _doors, _imports, _turf)
