"""Enter a customer that an import brings, under an id that follows from how the file names them."""

from chalicelib.domain.customer import Customer
from chalicelib.usecases.context import Context, audit, until_committed
from chalicelib.usecases.create_customer import NewCustomer, customer_of, entering
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.references import customer_ref


def enter_customer(ports: Ports, context: Context, new: NewCustomer, customer_id: str) -> Customer:
    """Enter a customer and return it; whoever has this id already is left as they are."""

    def attempt() -> Customer:
        there = ports.store.get(customer_ref(customer_id))
        if there is not None:
            return there
        customer = customer_of(ports, context, new, customer_id, company_of(ports))
        entry = audit(
            ports,
            context,
            "customer_imported",
            subject=("customer", customer.id),
            customer_id=customer.id,
            name=customer.name,
        )
        ports.store.commit([*entering(customer), entry])
        return customer

    return until_committed(ports, attempt)
