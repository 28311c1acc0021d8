"""/comptes: the administrator invites, changes, closes; links are shown to her once, to hand over."""

from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.accounts import actions
from service.accounts.views import AccountFile, AccountsView
from service.edited_twice import overtaken, with_version
from service.errors import Invalid
from service.forms import Form
from service.names_in_lists import filter_act, read_by_name
from service.page import AppRequest, Page, done
from service.vocabulary import Role
from service.web import get, post

FILTERS = ("q", "role")
ROLES = [(role.value, role.label) for role in Role]


@get("/comptes", name="accounts.list")
def list_page(request: AppRequest) -> Page[AccountsView]:
    listing = read_by_name(request, sorts=tuple(actions.SORTS), default="nom", filters=FILTERS)
    with request.database.read() as db:
        total, lines = actions.list_accounts(db, request.account, listing)
    labels = {"q": f"Texte : {listing.filter('q')}"}
    if listing.filter("role") in [role.value for role in Role]:
        labels["role"] = f"Rôle : {Role(listing.filter('role')).label}"
    view = AccountsView(listing=listing.with_total(total, labels), lines=lines)
    return Page(view, "accounts/list.html", form=Form.of(listing.typed), extra={"roles": ROLES})


@get("/comptes/nouveau", name="accounts.new")
def new_page(request: AppRequest) -> Page[AccountFile]:
    with request.database.read() as db:
        view = actions.account_file(db, request.account, None)
    return Page(view, "accounts/new.html", form=Form(), extra={"roles": ROLES})


@post("/comptes/nouveau", name="accounts.new.act")
def create(request: AppRequest, form: NamedDependency[Form]) -> Response[Any]:
    name = form.text("name", "Prénom et nom", required=True, longest=120)
    email = form.email("email", "Adresse e-mail", required=True)
    role = form.choice("role", "Rôle", Role)
    organisation = form.text("organisation", "Organisation", required=True)
    if form.faults or role is None:
        with request.database.read() as db:
            view = actions.account_file(db, request.account, None)
        return Page(view, "accounts/new.html", form=form, extra={"roles": ROLES})
    try:
        with request.database.write() as db:
            user_id, token = actions.invite(
                db, request.account, name=name, email=email, role=role, organisation=organisation
            )
    except Invalid as refusal:
        form.faults.update(refusal.faults)
        with request.database.read() as db:
            view = actions.account_file(db, request.account, None)
        return Page(view, "accounts/new.html", form=form, extra={"roles": ROLES})
    return _file(request, user_id, link=f"{request.settings.base_url}/lien/{token}")


@get("/comptes/{user_id:str}", name="accounts.file")
def file_page(request: AppRequest, user_id: FromPath[str]) -> Page[AccountFile]:
    return _file(request, user_id)


def _file(
    request: AppRequest, user_id: str, *, form: Form | None = None, link: str = ""
) -> Page[AccountFile]:
    with request.database.read() as db:
        view = actions.account_file(db, request.account, user_id, link)
        form = form or with_version(Form.of(actions.as_form(db, request.account, user_id)))
    return Page(view, "accounts/file.html", form=form, extra={"roles": ROLES})


@post("/comptes/{user_id:str}", name="accounts.edit.act")
def edit(request: AppRequest, user_id: FromPath[str], form: NamedDependency[Form]) -> Response[Any]:
    name = form.text("name", "Prénom et nom", required=True, longest=120)
    role = form.choice("role", "Rôle", Role)
    organisation = form.text("organisation", "Organisation", required=True)
    if not form.faults and role is not None:
        try:
            with request.database.write() as db:
                actions.find(db, request.account, user_id, lock=True)
                again = overtaken(form, Form.of(actions.as_form(db, request.account, user_id)))
                if again is None:
                    actions.change(
                        db,
                        request.account,
                        user_id,
                        name=name,
                        role=role,
                        organisation=organisation,
                        active=form.flag("active"),
                    )
            if again is None:
                return done(f"/comptes/{user_id}", "Compte enregistré.")
            form = again
        except Invalid as refusal:
            form.faults.update(refusal.faults)
    return _file(request, user_id, form=form)


@post("/comptes/{user_id:str}/lien", name="accounts.link.make.act")
def make_link(request: AppRequest, user_id: FromPath[str]) -> Page[AccountFile]:
    with request.database.write() as db:
        token = actions.renew_link(db, request.account, user_id)
    return _file(request, user_id, link=f"{request.settings.base_url}/lien/{token}")


@post("/comptes/{user_id:str}/fermer-sessions", name="accounts.revoke.act")
def revoke(request: AppRequest, user_id: FromPath[str]) -> Response[Any]:
    with request.database.write() as db:
        actions.revoke(db, request.account, user_id)
    return done(f"/comptes/{user_id}", "Toutes les sessions de ce compte sont fermées.")


HANDLERS = [
    list_page,
    new_page,
    create,
    file_page,
    edit,
    make_link,
    revoke,
    filter_act("/comptes", name="accounts.filter.act", filters=FILTERS),
]
