"""What the mail provider reports of a mail: in the simulation, whatever may happen to one."""

from random import Random
from typing import Final

from chalicelib.domain.fate import FateKind
from chalicelib.usecases.contents import OutgoingMail

Report = tuple[FateKind, str | None]

_FATES: Final[tuple[tuple[tuple[FateKind, ...], int], ...]] = (
    (("delivered",), 8),
    (("delivered", "opened", "clicked"), 4),
    (("delayed", "delivered"), 2),
    (("delayed", "undelivered"), 1),
    (("delivered", "undelivered"), 1),  # an automatic reply
    (("delivered", "bounced"), 1),
    (("delivered", "complained"), 1),
    (("refused",), 1),
)
_OF_COPIES: Final[tuple[FateKind, ...]] = ("delivered", "delivered", "delayed", "bounced")
_LOST: Final = 0.1


def reports_of(random: Random, mail: OutgoingMail) -> list[Report]:
    """Return what is reported of each recipient, once or twice; sometimes all of it is lost."""
    if random.random() < _LOST:
        return []
    (kinds,) = random.choices([kinds for kinds, _ in _FATES], [often for _, often in _FATES])
    of_copies = [(random.choice(_OF_COPIES), copy) for copy in (*mail.cc, *mail.bcc)]
    reports: list[Report] = [("sent", None), *((kind, mail.to) for kind in kinds), *of_copies]
    return reports * random.choice((1, 1, 2))
