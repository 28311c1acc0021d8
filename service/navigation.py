"""The menu of each role: few entries, in the order of the day's work."""

import msgspec

from service.accounts.account import Account
from service.rights import ROUTES
from service.vocabulary import Role


class Entry(msgspec.Struct, frozen=True):
    label: str
    address: str
    current: bool


# (label, address, route name); a role sees the entries whose route is open to it.
MENUS: dict[Role, tuple[tuple[str, str, str], ...]] = {
    Role.REFERENT: (
        ("Ma journée", "/", "home"),
        ("Mes participants", "/participants", "participants.list"),
        ("Propositions", "/propositions", "proposals.list"),
    ),
    Role.LIAISON: (
        ("Tableau de bord", "/", "home"),
        ("Offres", "/offres", "offers.list"),
        ("Propositions", "/propositions", "proposals.list"),
        ("Employeurs", "/employeurs", "employers.list"),
        ("Imports", "/imports", "imports.list"),
    ),
    Role.FACILITATOR: (
        ("Portefeuille", "/", "home"),
        ("File de contrôle", "/controle", "review.queue"),
        ("Marchés", "/marches", "marches.list"),
        ("Bénéficiaires", "/beneficiaires", "beneficiaries.list"),
        ("Bilans", "/bilans", "bilans.list"),
        ("Grille", "/grilles", "grids.file"),
        ("Organisations", "/organisations", "organisations.list"),
    ),
    Role.CONTRACTOR: (
        ("Accueil", "/", "home"),
        ("Mes déclarations", "/mes-declarations", "declarations.list"),
        ("Salariés en insertion", "/mes-salaries", "declarations.people"),
    ),
    Role.COORDINATOR: (
        ("Accueil", "/", "home"),
        ("Participants", "/participants", "participants.list"),
        ("Offres", "/offres", "offers.list"),
        ("Marchés", "/marches", "marches.list"),
        ("Bilans", "/bilans", "bilans.list"),
        ("Exposition", "/exposition", "exposure.page"),
        ("Pondération", "/ponderations", "weights.page"),
        ("Doublons", "/doublons", "duplicates.list"),
        ("Imports", "/imports", "imports.list"),
        ("Journal", "/journal", "journal.acts"),
    ),
    Role.ADMIN: (
        ("Accueil", "/", "home"),
        ("Comptes", "/comptes", "accounts.list"),
        ("Organisations", "/organisations", "organisations.list"),
        ("Territoire", "/territoire", "territory.file"),
        ("Exposition", "/exposition", "exposure.page"),
        ("Pondération", "/ponderations", "weights.page"),
        ("Journal", "/journal", "journal.acts"),
    ),
}


def navigation_for(account: Account, path: str) -> tuple[Entry, ...]:
    return tuple(
        Entry(label, address, path == address or (address != "/" and path.startswith(address + "/")))
        for label, address, route in MENUS[account.role]
        if account.role in ROUTES.get(route, ())
    )
