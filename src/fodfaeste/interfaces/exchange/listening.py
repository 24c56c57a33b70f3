"""Whether an address of this machine can be listened on."""

from __future__ import annotations

import socket


def is_free(host: str, port: int) -> bool:
    """Whether a server may take the port now. An address this machine does not have counts as not free."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError:
        return False
    family, kind, protocol, _, address = found[0]
    with socket.socket(family, kind, protocol) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what has just been left is free
        try:
            one.bind(address)
        except OSError:
            return False
    return True


def next_free(host: str, port: int) -> int | None:
    """The first free port of the ten after this one."""
    return next((one for one in range(port + 1, min(port + 11, 65_536)) if is_free(host, one)), None)
