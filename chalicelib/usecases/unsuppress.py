"""Allow an address to be written to again, after a person has checked it."""

from chalicelib.domain.customer import Customer
from chalicelib.domain.errors import InvalidField, NotFound, StateConflict
from chalicelib.domain.fate import same_address
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.ports import MailRefused, Ports, Remove
from chalicelib.usecases.references import customer_ref, suppression_ref


def unsuppress(
    ports: Ports, context: Context, customer_id: str, address: str | None = None
) -> None:
    """Lift the suppression of one of a customer's addresses: their own, or that of a contact.

    The provider keeps a list of its own, from which it is taken too. StateConflict when nothing
    stops it or the provider refuses; InvalidField for an address that is not the customer's.
    """

    def attempt() -> None:
        customer = ports.store.get(customer_ref(customer_id))
        if customer is None:
            raise NotFound("customer", customer_id)
        ref = suppression_ref(_one_of(customer, address))
        suppression = ports.store.get(ref)
        if suppression is None:
            raise StateConflict(f"Nothing stops mail to {ref.key[0]}.", code="not_suppressed")
        entry = audit(
            ports,
            context,
            "address_allowed_again",
            subject=("customer", customer_id),
            customer_id=customer_id,
            address=suppression.address,
            was=suppression.reason,
        )
        # Before the commit: what the provider still stops would only bounce again.
        _readmit(ports, suppression.address)
        path = f"/v1/customers/{customer_id}"
        commit(ports, context, [Remove(ref, suppression.version), entry], resource=path)

    until_committed(ports, attempt)


def _readmit(ports: Ports, address: str) -> None:
    try:
        ports.mailer.readmit(address)
    except MailRefused as refusal:
        raise StateConflict(
            f"The mail provider did not take {address} off its own list: {refusal.reason}",
            code="provider_still_stops",
        ) from refusal


def _one_of(customer: Customer, address: str | None) -> str:
    own = [one for one in (customer.email, *(each.email for each in customer.contacts)) if one]
    if address is None:
        return customer.email or ""
    if not any(same_address(address, one) for one in own):
        raise InvalidField(
            "/address", "This is no address of this customer.", field_code="foreign_address"
        )
    return address
