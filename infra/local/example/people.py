"""Who sits at some customers of the example, and how these are chased. All are made up."""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.domain.customer import Contact, ContactRole, Language

OWNER: Final = "collector@saldo.local"
FIRM_SEGMENT: Final = "hostelería"
_ALL: Final[tuple[ContactRole, ...]] = ("invoices", "reminders", "statements")

Profile = Mapping[str, Any]


def _contact(
    name: str,
    email: str | None = None,
    phone: str | None = None,
    *,
    roles: tuple[ContactRole, ...] = (),
    language: Language | None = None,
    is_copy: bool = False,
) -> Contact:
    return Contact(
        id="", name=name, email=email, phone=phone, roles=roles, language=language, is_copy=is_copy
    )


PROFILES: Final[Mapping[str, Profile]] = {
    "Editorial Cierzo, S.A.": {
        "policy_id": "gentle",
        "owner": OWNER,
        "region": "AR",
        "contacts": (
            _contact("Marta Ibáñez", "marta.ibanez@editorial-cierzo-s-a.example",
                     "+34 976 111 201", roles=_ALL),
            _contact("Luis Gracia (compras)", "compras@editorial-cierzo-s-a.example",
                     roles=("reminders",), is_copy=True),
            _contact("Helen Marsh (London office)", "helen.marsh@editorial-cierzo-s-a.example",
                     roles=("reminders",), language="en"),
        ),
    },
    "Atlas y Mapas, S.A.": {
        "owner": OWNER,
        "region": "MD",
        "contacts": (
            _contact("Sergio Vallejo", "contabilidad@atlas-y-mapas-s-a.example", roles=_ALL),
            _contact("Ana Robles (compras)", "compras@atlas-y-mapas-s-a.example",
                     roles=("invoices", "reminders"), is_copy=True),
        ),
    },
    "Cervezas Calle Mayor, S.L.": {
        "owner": OWNER,
        "phone": "+34 974 222 300",
        "contacts": (
            _contact("Pilar Lanuza", "pilar.lanuza@cervezas-calle-mayor-s-l.example",
                     "+34 974 222 301", roles=_ALL),
            _contact("Javier Oto (bar)", "javier.oto@cervezas-calle-mayor-s-l.example",
                     roles=("reminders",), is_copy=True),
        ),
    },
    "Dulces Santa Engracia, S.L.": {"phone": "+34 976 333 400"},
    "Juguetes Cometa, S.A.": {"owner": OWNER, "region": "VC"},
    "Lakeside Stationers LLC": {"owner": OWNER},
    "Óptica Miralbueno, S.L.": {"phone": "+34 976 444 500"},
}  # fmt: skip
"""What is entered of a customer beside what ``buyers.py`` says; the others have none of this."""
