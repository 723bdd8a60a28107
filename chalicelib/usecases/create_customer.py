"""Enter a customer."""

from dataclasses import dataclass

from chalicelib.domain.access import require_role
from chalicelib.domain.company import Company
from chalicelib.domain.customer import Contact, Customer, CustomerType, Language, name_words
from chalicelib.domain.discount import DiscountTerms
from chalicelib.usecases.contacts import require_contacts, with_contact_ids
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.policies import require_policy
from chalicelib.usecases.ports import Insert, Ports, Write


@dataclass(frozen=True, kw_only=True)
class NewCustomer:
    """What is known of a new customer; None takes the company's own setting where it has one."""

    name: str
    country: str
    type: CustomerType = "business"
    tax_id: str | None = None
    address: str | None = None
    email: str | None = None
    phone: str | None = None
    language: Language | None = None
    currency: str | None = None
    terms_days: int | None = None
    discount: DiscountTerms | None = None
    credit_limit_minor: int | None = None
    time_zone: str | None = None
    segment: str | None = None
    region: str | None = None
    contacts: tuple[Contact, ...] = ()
    policy_id: str | None = None
    owner: str | None = None
    statements: bool | None = None
    notes: str | None = None
    code: str | None = None


def create_customer(ports: Ports, context: Context, new: NewCustomer) -> Customer:
    """Store a customer with its search words and the audit entry.

    NotAllowed for a credit limit by a caller who is less than an accountant; InvalidField for
    contacts that contradict each other or a policy that does not exist.
    """
    customer_id = ports.ids.new("cus", context.at)
    customer = customer_of(ports, context, new, customer_id, company_of(ports))
    writes = [*entering(customer), _created(ports, context, customer)]
    resource = f"/v1/customers/{customer.id}"
    until_committed(ports, lambda: commit(ports, context, writes, resource=resource))
    return customer


def customer_of(
    ports: Ports, context: Context, new: NewCustomer, customer_id: str, company: Company
) -> Customer:
    """Return a new customer with the company's settings where it has none of its own."""
    if new.credit_limit_minor is not None:
        require_role(context.actor, "accountant")
    require_contacts(new.contacts)
    require_policy(ports, new.policy_id, "/policy_id")
    return Customer(
        id=customer_id,
        type=new.type,
        name=new.name,
        country=new.country,
        tax_id=new.tax_id,
        address=new.address,
        email=new.email,
        phone=new.phone,
        language=new.language or company.language,
        currency=new.currency or company.currency,
        terms_days=company.terms_days if new.terms_days is None else new.terms_days,
        discount=new.discount,
        credit_limit_minor=new.credit_limit_minor,
        time_zone=new.time_zone or company.time_zone,
        segment=new.segment,
        region=new.region,
        contacts=with_contact_ids(ports, context, new.contacts),
        policy_id=new.policy_id,
        owner=new.owner,
        statements=new.statements,
        notes=new.notes,
        code=new.code,
        created_at=context.at,
    )


def entering(customer: Customer) -> list[Write]:
    """Return the writes of a new customer and its search words."""
    return [Insert(customer), *(Insert(word) for word in name_words(customer))]


def _created(ports: Ports, context: Context, customer: Customer) -> Write:
    return audit(
        ports,
        context,
        "customer_created",
        subject=("customer", customer.id),
        customer_id=customer.id,
        name=customer.name,
    )
