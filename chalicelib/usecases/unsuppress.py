"""Allow an address to be written to again, after a person has checked it."""

from chalicelib.domain.errors import NotFound, StateConflict
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.ports import Ports, Remove
from chalicelib.usecases.references import customer_ref, suppression_ref


def unsuppress(ports: Ports, context: Context, customer_id: str) -> None:
    """Lift the suppression of a customer's address. StateConflict when there is none."""

    def attempt() -> None:
        customer = ports.store.get(customer_ref(customer_id))
        if customer is None:
            raise NotFound("customer", customer_id)
        ref = suppression_ref(customer.email or "")
        suppression = ports.store.get(ref)
        if suppression is None:
            raise StateConflict(f"Nothing stops mail to {customer.email}.", code="not_suppressed")
        entry = audit(
            ports,
            context,
            "address_allowed_again",
            subject=("customer", customer_id),
            customer_id=customer_id,
            address=suppression.address,
            was=suppression.reason,
        )
        path = f"/v1/customers/{customer_id}"
        commit(ports, context, [Remove(ref, suppression.version), entry], resource=path)

    until_committed(ports, attempt)
