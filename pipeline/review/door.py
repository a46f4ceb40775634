"""The door of the server: where it listens, under which names it may be called, and whether it speaks TLS.

By default it answers this machine alone. Everybody else gets in only where three things were said on purpose: the address,
that others may come (``--allow-remote``), and the certificate without which the whole network could read along.
"""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from pipeline.errors import UsageError

LOOPBACK = "127.0.0.1"
_HOSTNAME = regex.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_WELL_KNOWN = 443


@dataclass(frozen=True)
class Door:
    """An address to listen at, the names that browsers may call it by, and the files of its certificate, if any."""

    address: str = LOOPBACK
    names: tuple[str, ...] = (LOOPBACK, "localhost")
    certificate: Path | None = None
    key: Path | None = None

    @property
    def remote(self) -> bool:
        """Whether others than this machine can reach it."""
        return not ipaddress.ip_address(self.address).is_loopback

    @property
    def scheme(self) -> str:
        """``https`` with a certificate, else ``http``."""
        return "https" if self.certificate else "http"

    def hosts(self, port: int) -> frozenset[str]:
        """Return what a browser may say in Host when it means this server at ``port``."""
        bare = self.names if self.certificate and port == _WELL_KNOWN else ()
        return frozenset({*(f"{_bracketed(name)}:{port}" for name in self.names), *map(_bracketed, bare)})

    def url(self, port: int) -> str:
        """Return the address to open, without a path."""
        return f"{self.scheme}://{_bracketed(self.names[0])}:{port}"


def door_at(
    host: str,
    hostnames: Sequence[str] = (),
    *,
    allow_remote: bool = False,
    certificate: Path | None = None,
    key: Path | None = None,
) -> Door:
    """Return the door at ``host``, an address of this machine. Raises UsageError that says why it stays shut."""
    address = LOOPBACK if host == "localhost" else host
    try:
        held = ipaddress.ip_address(address)
    except ValueError as error:
        raise UsageError(
            f"--host {host}: give an address of this machine, such as 192.168.1.5, and its name with --hostname"
        ) from error
    if (certificate is None) != (key is None):
        raise UsageError(
            "--tls-cert and --tls-key belong together: the certificate, and the key that proves it"
        )
    if not held.is_loopback:
        if not allow_remote:
            raise UsageError(
                f"--host {host}: others in the network could reach the review page and all documents in it. It answers "
                "this machine alone; to let others in, give --allow-remote, --tls-cert FILE and --tls-key FILE."
            )
        if certificate is None:
            raise UsageError(
                f"--host {host}: without TLS everybody on the way can read the documents and steal the session. "
                "Give --tls-cert FILE and --tls-key FILE."
            )
        if held.is_unspecified and not hostnames:
            raise UsageError(
                f"--host {host}: say by which name or address others call this machine, with --hostname NAME"
            )
    if certificate is not None and key is not None:
        tls_context(certificate, key)
    own = () if held.is_unspecified else (address,)
    local = ("localhost",) if held.is_loopback else ()
    return Door(address, (*map(_checked, hostnames), *own, *local), certificate, key)


def tls_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """Return what TLS 1.2 or newer needs to be spoken. Raises UsageError where the files are no certificate with its key."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key)
    except ssl.SSLError as error:
        raise UsageError(
            f"{certificate}, {key}: these are no certificate and its key in PEM form ({error.reason or error})."
        ) from error
    except OSError as error:
        raise UsageError(f"{certificate}, {key}: cannot be read ({error.strerror}).") from error
    return context


def _checked(name: str) -> str:
    name = name.lower().rstrip(".")
    try:
        return str(ipaddress.ip_address(name.strip("[]")))
    except ValueError:
        if not _HOSTNAME.fullmatch(name):
            raise UsageError(f"--hostname {name}: this is no name of a machine") from None
    return name


def _bracketed(name: str) -> str:
    return f"[{name}]" if ":" in name else name
