"""`/reference/…`: what may be chosen, as one types (JSON), or as a small search page without script."""

import msgspec

from service.page import AppRequest, Page
from service.reference.communes import current_communes
from service.reference.occupations import suggest_occupations
from service.reference_pages.communes import commune_label
from service.reference_pages.occupations import occupation_label
from service.reference_pages.skills import find_skills
from service.suggestions.load import offers_of, read_stamps
from service.web import get

SHOWN = 8
LONGEST = 80


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """`label` is what the field receives; `hint` tells two choices apart."""

    code: str
    label: str
    hint: str


class ChoicesView(msgspec.Struct, frozen=True, kw_only=True):
    query: str
    choices: list[Choice]


def asked(request: AppRequest) -> str:
    return str(request.query_params.get("q", "")).strip()[:LONGEST]


@get("/reference/communes", name="reference.communes")
def communes_page(request: AppRequest) -> Page[ChoicesView]:
    typed = asked(request)
    digits = typed if typed.isdigit() else ""
    found = current_communes(request.settings.data_dir).search(typed, SHOWN)
    choices = [
        Choice(code=one.insee, label=commune_label(one, digits), hint=f"département {one.departement}")
        for one in found
    ]
    return Page(ChoicesView(query=typed, choices=choices), "search/communes.html")


@get("/reference/metiers", name="reference.occupations")
def occupations_page(request: AppRequest) -> Page[ChoicesView]:
    typed = asked(request)
    choices = [
        Choice(code=one.code, label=occupation_label(one.code), hint=one.hint)
        for one in suggest_occupations(typed, SHOWN, request.settings.data_dir)
    ]
    return Page(ChoicesView(query=typed, choices=choices), "search/occupations.html")


@get("/reference/competences", name="reference.skills")
def skills_page(request: AppRequest) -> Page[ChoicesView]:
    typed, account = asked(request), request.account
    with request.database.read() as db:
        offers = offers_of(db, account.territory_id, read_stamps(db, account.territory_id), account.today)
    in_use = {skill for one in offers.values() for skill in (*one.required_skills, *one.wished_skills)}
    choices = [
        Choice(code="", label=one.label, hint=one.hint)
        for one in find_skills(typed, in_use, SHOWN, request.settings.data_dir)
    ]
    return Page(ChoicesView(query=typed, choices=choices), "search/skills.html")


HANDLERS = [communes_page, occupations_page, skills_page]
