"""Under which addresses this machine can be reached from the same network."""

import socket

ELSEWHERE = ("192.0.2.1", 9)
"""A documentation address (RFC 5737): asking for the way to it sends nothing."""

ONLY_HERE = ("localhost", "127.0.0.1", "::1")


def in_this_network() -> str:
    """The address phones in the same network use; localhost where there is no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
        except OSError:
            return "localhost"
        return str(probe.getsockname()[0])


def names_of_this_machine() -> set[str]:
    """What a browser nearby may call this machine, without asking the network."""
    name = socket.gethostname().lower()
    return {"localhost", name, f"{name.partition('.')[0]}.local"}
