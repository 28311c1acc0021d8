"""`passerelle serve`: the web service. Creates and seeds nothing: `migrate` and `demo` do, before."""

import argparse
import ipaddress
import sys
from typing import Any


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("serve", help="démarre le service web")
    parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (127.0.0.1)")
    parser.add_argument("--port", type=port_number, default=8000, help="port d’écoute (8000)")
    parser.add_argument("--workers", type=int, default=1, help="nombre de processus (1)")
    parser.add_argument(
        "--prepare",
        action="store_true",
        help="avant de servir, met la base au schéma et charge la démonstration si elle est vide",
    )
    parser.set_defaults(run=run)


def run(args: Any) -> int:
    import uvicorn

    from service.migrations.run import pending
    from service.settings import read_settings

    settings = read_settings()
    if args.prepare:
        prepare(settings.database_url)
    if pending(settings.database_url):
        print("La base n’est pas à jour. Lancez d’abord : passerelle migrate", file=sys.stderr)
        return 1
    accounts = demo_accounts(settings.database_url)
    if accounts and not is_loopback(args.host):
        print(
            "Refus : des comptes de démonstration, aux mots de passe publics, existent dans cette base ; "
            "le service ne s’ouvre alors que sur 127.0.0.1.",
            file=sys.stderr,
        )
        return 1
    closed = why_closed(args.host, args.port)
    if closed:
        print(f"passerelle : {closed}", file=sys.stderr)
        return 1
    print(f"Passerelle est ouverte sur http://{args.host}:{args.port}", flush=True)
    for line in accounts:
        print("  " + line, flush=True)
    uvicorn.run(
        "service.asgi:app",
        host=args.host,
        port=args.port,
        workers=args.workers,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
    )
    return 0


def port_number(text: str) -> int:
    port = int(text)
    if not 1 <= port <= 65_535:
        raise ValueError
    return port


def why_closed(host: str, port: int) -> str | None:
    """Why nothing can be opened there, before the accounts are printed; None when it can."""
    import errno
    import socket

    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            return f"le port {port} est déjà pris sur {host}. Arrêtez l’autre service, ou changez de --port."
        return f"impossible d’écouter sur {host}, port {port} ({fault.strerror})."
    return None


def prepare(url: str) -> None:
    """For `make run`: nothing to do on a second start but to look."""
    from service.migrations.run import pending, upgrade

    if pending(url):
        upgrade(url)
    from service.commands.demo import load_if_empty

    load_if_empty(url)


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def demo_accounts(url: str) -> list[str]:
    """One line an account of the demo, with its public password; empty without a demo."""
    from sqlalchemy import select
    from sqlmodel import col

    from service.demo import DEMO_PASSWORD
    from service.tables.accounts import UserRow
    from service.tables.session import Database

    database = Database(url, pool_size=1)
    with database.read() as db:
        rows = db.execute(
            select(col(UserRow.email), col(UserRow.role))
            .where(col(UserRow.is_demo).is_(True))
            .order_by(col(UserRow.id))
        ).all()
    database.dispose()
    if not rows:
        return []
    width = max(len(email) for email, _ in rows)
    return [f"Comptes de démonstration (mot de passe : {DEMO_PASSWORD}) :"] + [
        f"{email:<{width}}  {role.label}" for email, role in rows
    ]
