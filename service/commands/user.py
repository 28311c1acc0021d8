"""`passerelle user`: make an account, or a new link for one, without SMTP; the link is printed once."""

import argparse
import sys
from typing import Any

from service.vocabulary import Role


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("user", help="crée un compte ou un nouveau lien de connexion")
    acts = parser.add_subparsers(title="actions", dest="act", metavar="ACTION", required=True)
    add = acts.add_parser("add", help="crée un compte et affiche son lien d’invitation")
    add.add_argument("email", help="adresse e-mail")
    add.add_argument("--name", required=True, help="prénom et nom")
    add.add_argument("--role", required=True, choices=[role.value for role in Role], help="rôle")
    add.add_argument("--territory", required=True, help="nom du territoire (créé s’il manque)")
    add.add_argument("--organisation", required=True, help="nom de l’organisation (créée si elle manque)")
    add.set_defaults(run=run_add)
    link = acts.add_parser("link", help="affiche un nouveau lien à usage unique")
    link.add_argument("email", help="adresse e-mail")
    link.set_defaults(run=run_link)


def run_add(args: Any) -> int:
    from service.accounts.provision import add_user
    from service.settings import read_settings
    from service.tables.session import Database

    settings = read_settings()
    database = Database(settings.database_url, pool_size=1)
    with database.write() as db:
        made = add_user(
            db,
            email=args.email,
            name=args.name,
            role=Role(args.role),
            territory=args.territory,
            organisation=args.organisation,
        )
    return _tell(made, settings.base_url)


def run_link(args: Any) -> int:
    from service.accounts.provision import new_link
    from service.settings import read_settings
    from service.tables.session import Database

    settings = read_settings()
    with Database(settings.database_url, pool_size=1).write() as db:
        made = new_link(db, args.email)
    return _tell(made, settings.base_url)


def _tell(token: str | None, base_url: str) -> int:
    if token is None:
        print("passerelle : ce compte existe déjà (add), ou n’existe pas (link).", file=sys.stderr)
        return 1
    print("Lien personnel, valable trois jours et une seule fois :")
    print(f"{base_url}/lien/{token}")
    return 0
