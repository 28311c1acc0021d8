"""What the process is told from outside: the environment, read once, in one place."""

import os
from pathlib import Path

import msgspec

DEVELOPMENT_SECRET = "developpement-seulement-jamais-en-production"
ROOT = Path(__file__).resolve().parent.parent


class SettingsError(Exception):
    """The environment does not allow a safe start; the message is a French sentence for the operator."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The process settings.

    `data_dir` holds the embedded database, imported reference data and backups. `secret` signs the
    anti-forgery token. `trusted_proxies` are the addresses (comma-separated, or *) whose
    X-Forwarded-* headers are believed; empty: nobody's.
    """

    production: bool
    secret: str
    database_url: str
    data_dir: Path
    base_url: str
    trusted_proxies: str
    threads: int
    session_hours: int

    @property
    def secure_cookies(self) -> bool:
        return self.production

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


def read_settings(environment: dict[str, str] | None = None) -> Settings:
    """Read the settings from the environment.

    Raises SettingsError when production is asked for without a secret of 32 characters or more.
    """
    env = dict(os.environ) if environment is None else environment
    production = env.get("PASSERELLE_ENV", "development") == "production"
    data_dir = Path(env.get("PASSERELLE_DATA", str(ROOT / "var")))
    secret = env.get("PASSERELLE_SECRET", "" if production else DEVELOPMENT_SECRET)
    if production and (len(secret) < 32 or secret == DEVELOPMENT_SECRET):
        raise SettingsError(
            "PASSERELLE_SECRET manque ou compte moins de 32 caractères : en production, le service refuse de "
            "démarrer sans un secret qui lui est propre. Créez-en un avec : "
            'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    return Settings(
        production=production,
        secret=secret,
        database_url=normal_database_url(
            env.get("PASSERELLE_DATABASE_URL", f"sqlite:///{data_dir / 'passerelle.sqlite'}")
        ),
        data_dir=data_dir,
        base_url=env.get("PASSERELLE_BASE_URL", "http://127.0.0.1:8000").rstrip("/"),
        trusted_proxies=env.get("PASSERELLE_TRUSTED_PROXIES", ""),
        threads=_positive(env, "PASSERELLE_THREADS", 8),
        session_hours=_positive(env, "PASSERELLE_SESSION_HOURS", 10),
    )


def normal_database_url(url: str) -> str:
    """Give PostgreSQL addresses the driver that is installed (psycopg 3)."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _positive(env: dict[str, str], name: str, default: int) -> int:
    raw = env.get(name, str(default))
    if not raw.isdigit() or int(raw) == 0:
        raise SettingsError(f"{name} doit être un entier positif ; reçu : « {raw} ».")
    return int(raw)
