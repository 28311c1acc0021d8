"""All handlers of a participant's pages, her parcours included."""

from service.parcours import pages as parcours
from service.participants import (
    constraint_pages,
    eligibility_pages,
    identity_pages,
    pages,
    project_pages,
)

HANDLERS = [
    *pages.HANDLERS,
    *identity_pages.HANDLERS,
    *constraint_pages.HANDLERS,
    *project_pages.HANDLERS,
    *eligibility_pages.HANDLERS,
    *parcours.HANDLERS,
]
