"""Under which addresses this machine can be reached from the same network."""

import socket

ELSEWHERE = ("192.0.2.1", 9)
"""A documentation address (RFC 5737): asking for the way to it sends nothing."""


def in_this_network() -> str:
    """The address phones in the same network use; localhost where there is no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
        except OSError:
            return "localhost"
        return str(probe.getsockname()[0])


def of_this_machine() -> set[str]:
    """Every name and address of this machine that a browser may call it by."""
    names = {"localhost", "127.0.0.1", "[::1]", socket.gethostname(), in_this_network()}
    try:
        names |= {str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    except OSError:
        pass
    return names
