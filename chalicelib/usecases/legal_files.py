"""Ask for a pre-legal file, find it, and fetch it when it is ready. A chore puts it together."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from chalicelib.domain.account import Account
from chalicelib.domain.calendar import local_date
from chalicelib.domain.customer import UNIDENTIFIED
from chalicelib.domain.errors import InvalidField, NotFound, StateConflict
from chalicelib.domain.invoice import Invoice
from chalicelib.domain.legal_file import MAX_FILE_INVOICES, LegalFile
from chalicelib.domain.legal_words import NAMES
from chalicelib.usecases.agreement_listings import legal_files_of, legal_files_waiting
from chalicelib.usecases.chores import queue_chore
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.desk import open_desk
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Insert, Ports, Ref, Write
from chalicelib.usecases.read_all import find_all
from chalicelib.usecases.references import invoice_ref

LATE_AFTER: Final = timedelta(minutes=20)
"""A file needs seconds; one that waits for so long was never queued, or its run died."""
_SHOWN: Final = 20
_REPAIRED: Final = 100  # an hour; whatever is left waits for the next


def request_legal_file(
    ports: Ports, context: Context, customer_id: str, currency: str, invoice_ids: Sequence[str]
) -> LegalFile:
    """Ask for the file of some invoices, or of all that are overdue; a chore makes it soon.

    NotFound for a customer nobody knows; InvalidField for an invoice that is no issued one of this
    account; StateConflict when there is nothing to claim, or too much for one file.
    """
    if customer_id == UNIDENTIFIED:
        raise NotFound("customer", customer_id)

    def attempt() -> LegalFile:
        desk = open_desk(ports, customer_id, currency)
        today = local_date(context.at, desk.company.time_zone)
        file = LegalFile(
            id=ports.ids.new("lgl", context.at),
            customer_id=desk.customer.id,
            customer_name=desk.customer.name,
            currency=currency,
            invoice_ids=tuple(_chosen(ports, desk.account, invoice_ids, today)),
            as_of=today,
            requested_at=context.at,
            requested_by=context.actor.name,
        )
        writes = [Insert(file), _requested(ports, context, file)]
        commit(ports, context, writes, resource=f"/v1/legal-files/{file.id}")
        return file

    file = until_committed(ports, attempt)
    queue_chore(ports, context, "legal_file", {"file_id": file.id})
    return file


def _requested(ports: Ports, context: Context, file: LegalFile) -> Write:
    return audit(
        ports,
        context,
        "legal_file_requested",
        subject=("customer", file.customer_id),
        customer_id=file.customer_id,
        id=file.id,
        currency=file.currency,
        invoices=len(file.invoice_ids),
    )


def _chosen(
    ports: Ports, account: Account, invoice_ids: Sequence[str], today: date
) -> Sequence[str]:
    # What is not due yet is no claim: it is in the file only where somebody names it.
    overdue = [item.invoice_id for item in account.open_items if item.due_date < today]
    chosen = list(invoice_ids) or overdue
    if not chosen:
        raise StateConflict(
            f"{account.customer_name} has nothing overdue in {account.currency}.",
            code="nothing_overdue",
        )
    if len(chosen) > MAX_FILE_INVOICES:
        raise StateConflict(
            f"A file has at most {MAX_FILE_INVOICES} invoices; name some of them.",
            code="too_many_for_a_file",
        )
    found = find_all(ports, [invoice_ref(name) for name in invoice_ids])
    for index, name in enumerate(invoice_ids):
        invoice = found.get(invoice_ref(name))
        if not isinstance(invoice, Invoice) or not _belongs(invoice, account):
            raise InvalidField(
                f"/invoice_ids/{index}",
                "This is no issued invoice of this customer's account.",
                field_code="unknown_invoice",
            )
    return list(dict.fromkeys(chosen))


def _belongs(invoice: Invoice, account: Account) -> bool:
    own = (invoice.customer_id, invoice.currency) == (account.customer_id, account.currency)
    return own and invoice.number is not None


def find_legal_file(ports: Ports, file_id: str) -> LegalFile:
    """Return a file, ready or not. NotFound."""
    file = ports.store.get(Ref(LegalFile, (file_id,)))
    if file is None:
        raise NotFound("legal file", file_id)
    return file


def latest_legal_files(ports: Ports, customer_id: str, currency: str) -> list[Mapping[str, Any]]:
    """Return the rows of an account's latest files, newest first."""
    rows = ports.store.rows(legal_files_of(customer_id), limit=_SHOWN).items
    return [row for row in rows if row["currency"] == currency]


def link_to_legal_file(ports: Ports, file_id: str) -> str:
    """Return an address for the archive. StateConflict while it is not ready."""
    file = find_legal_file(ports, file_id)
    if file.state != "ready" or file.key is None:
        raise StateConflict("This file is still being put together.", code="not_ready")
    word = NAMES[company_of(ports).language]["file"]
    return ports.files.link(file.key, f"{word}-{file.customer_id}-{file.as_of.isoformat()}.zip")


def waiting_legal_files(ports: Ports, context: Context) -> Iterable[Mapping[str, str]]:
    """Find the files that wait for too long: their chore was lost on the way."""
    listing = legal_files_waiting(context.at - LATE_AFTER)
    rows = ports.store.rows(listing, limit=_REPAIRED).items
    return [{"file_id": row["id"]} for row in rows]
