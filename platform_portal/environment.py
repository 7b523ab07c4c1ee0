"""Reading the environment: small pure functions, each refusing with what to do about it.

Only `platform_portal.settings` uses them. They take the environment as a mapping, so that a refusal can be tested
without starting anything.
"""

import secrets
from base64 import b64decode, b64encode
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PRODUCTION, DEMO, TEST = "production", "demo", "test"
MODES = (PRODUCTION, DEMO, TEST)
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1", "[::1]")
SHORTEST_SECRET_KEY = 50
SMTP_PORTS = {"none": 25, "starttls": 587, "implicit": 465}
SMTP_TIMEOUT_SECONDS = 20

SHORT_STATEMENTS = "-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"
"""How PostgreSQL is to plan for the portal, whose statements take milliseconds: to compile them, or to start processes
for them, costs more than they do, and what they read is in memory. Measured by `make bench`."""


def mode(environ):
    """The mode the portal runs in; production unless the environment says otherwise."""
    value = environ.get("PORTAL_MODE", PRODUCTION)
    if value not in MODES:
        raise ImproperlyConfigured(f"PORTAL_MODE is {value!r}. Set it to one of: {', '.join(MODES)}.")
    return value


def session(mode):
    """What PostgreSQL is told at the beginning of every connection."""
    return f"-c portal.mode={mode} {SHORT_STATEMENTS}"


def required(environ, name, *, advice):
    """The value of a variable that production cannot do without."""
    value = environ.get(name, "").strip(" ,")
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. In production the portal does not start without it. {advice} "
            "To try the portal on this machine instead, use `make run`, which sets PORTAL_MODE=demo."
        )
    return value


def words(environ, name, default=""):
    """A comma-separated variable as a list."""
    return [word.strip() for word in environ.get(name, default).split(",") if word.strip()]


def whole_number(environ, name, default):
    """A variable that counts something; never below nought."""
    value = environ.get(name, str(default)).strip()
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to a whole number such as {default}.")
    return int(value)


def secret_key(environ):
    """The key that signs sessions and links in production."""
    value = required(environ, "SECRET_KEY", advice="Set it to at least fifty random characters and keep it secret.")
    if len(value) < SHORTEST_SECRET_KEY:
        raise ImproperlyConfigured(
            f"SECRET_KEY has {len(value)} characters. Set it to at least {SHORTEST_SECRET_KEY} random ones."
        )
    return value


def local_secret_key(var):
    """The key of a demo or test: made once, kept beside the data it protects, readable by its owner only."""
    return _kept(Path(var) / "secret-key", secrets.token_urlsafe(48))


def _kept(path, fresh):
    """What a file says that only its owner reads, made with this text where there is none."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(fresh)
    return path.read_text()


SEALING_KEY_BYTES = 32


def key_service(environ):
    """What seals identities in production: a program that keeps the keys, or a file of keys outside the database.

    Gives the path of a class of `members.kernel.sealing` and what it is made with.
    """
    command = environ.get("PORTAL_SEALING_COMMAND", "").strip()
    if command:
        return "members.kernel.sealing.KeyCommand", command
    path = required(
        environ,
        "PORTAL_SEALING_KEYS",
        advice="Set it to a file of keys, one of 32 random bytes in base64 on each line, newest first, which is kept "
        "apart from the database and its backups; or set PORTAL_SEALING_COMMAND to the client of a key service.",
    )
    return "members.kernel.sealing.KeyRing", sealing_keys(path)


def sealing_keys(path):
    """The keys of a file, newest first."""
    try:
        keys = tuple(b64decode(line, validate=True) for line in Path(path).read_text().split())
    except (OSError, ValueError) as wrong:
        raise ImproperlyConfigured(f"PORTAL_SEALING_KEYS names {path}, which cannot be read as keys.") from wrong
    if not keys or any(len(key) != SEALING_KEY_BYTES for key in keys):
        raise ImproperlyConfigured(
            f"{path} must hold keys of {SEALING_KEY_BYTES} bytes in base64, one on each line. "
            "Make one by: openssl rand -base64 32"
        )
    return keys


def local_sealing_keys(var):
    """The key of a demo or test: made once, beside the data but not in the database."""
    path = Path(var) / "sealing-keys"
    _kept(path, b64encode(secrets.token_bytes(SEALING_KEY_BYTES)).decode())
    return sealing_keys(path)


def allowed_hosts(environ):
    """The host names the portal answers to in production; a wildcard would let links be forged."""
    required(environ, "ALLOWED_HOSTS", advice="Set it to the portal's host names, separated by commas.")
    hosts = words(environ, "ALLOWED_HOSTS")
    if "*" in hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS contains `*`. Name the portal's hosts, separated by commas.")
    return hosts


def base_url(environ, hosts):
    """The address that mails link to in production: HTTPS, on one of the allowed hosts, without a path."""
    value = required(environ, "BASE_URL", advice="Set it to the portal's address, such as https://portal.example.org.")
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.hostname or parts.path.strip("/"):
        raise ImproperlyConfigured(f"BASE_URL is {value!r}. Set it to an https:// address without a path.")
    if parts.hostname not in hosts:
        raise ImproperlyConfigured(f"BASE_URL points to {parts.hostname!r}, which ALLOWED_HOSTS lacks. Add it there.")
    return value.rstrip("/")


def ensure_loopback(name, hosts, *, where):
    """Refuse demo and test mode on an address that others can reach: their passwords are public."""
    strangers = [host for host in hosts if host not in LOOPBACK_HOSTS]
    if strangers:
        raise ImproperlyConfigured(
            f"{name} names {', '.join(strangers)}, but PORTAL_MODE is {where}, whose logins are known to everyone. "
            "It is served on localhost only. Unset PORTAL_MODE to run in production."
        )


def mailer(url, *, tls_demanded):
    """The Django mailer for `smtp://user:password@host:port?tls=starttls|implicit|none`.

    Production demands encryption, except to a relay on the same machine.
    """
    parts = urlsplit(url)
    if parts.scheme != "smtp" or not parts.hostname:
        raise ImproperlyConfigured("SMTP_URL must look like smtp://user:password@host:port?tls=starttls.")
    on_this_machine = parts.hostname in LOOPBACK_HOSTS
    encryption = parse_qs(parts.query).get("tls", ["none" if on_this_machine else "starttls"])[0]
    if encryption not in SMTP_PORTS:
        raise ImproperlyConfigured(f"SMTP_URL says tls={encryption}. Use one of: {', '.join(SMTP_PORTS)}.")
    if tls_demanded and encryption == "none" and not on_this_machine:
        raise ImproperlyConfigured("SMTP_URL says tls=none to another machine. Use tls=starttls or tls=implicit.")
    options = {
        "host": parts.hostname,
        "port": parts.port or SMTP_PORTS[encryption],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": encryption == "starttls",
        "use_ssl": encryption == "implicit",
        "timeout": SMTP_TIMEOUT_SECONDS,
    }
    return {"BACKEND": "secretariat.tasks.transport.SmtpBackend", "OPTIONS": options}
