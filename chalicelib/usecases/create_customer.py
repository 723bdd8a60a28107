"""Enter a customer."""

from dataclasses import dataclass

from chalicelib.domain.access import require_role
from chalicelib.domain.customer import Contact, Customer, CustomerType, Language, name_words
from chalicelib.domain.discount import DiscountTerms
from chalicelib.usecases.contacts import require_contacts, with_contact_ids
from chalicelib.usecases.context import Context, audit, commit, until_committed
from chalicelib.usecases.own_company import company_of
from chalicelib.usecases.policies import require_policy
from chalicelib.usecases.ports import Insert, Ports


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


def create_customer(ports: Ports, context: Context, new: NewCustomer) -> Customer:
    """Store a customer with its search words and the audit entry.

    NotAllowed for a credit limit by a caller who is less than an accountant; InvalidField for
    contacts that contradict each other or a policy that does not exist.
    """
    if new.credit_limit_minor is not None:
        require_role(context.actor, "accountant")
    require_contacts(new.contacts)
    require_policy(ports, new.policy_id, "/policy_id")
    company = company_of(ports)
    customer = Customer(
        id=ports.ids.new("cus", context.at),
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
        created_at=context.at,
    )
    subject = ("customer", customer.id)
    writes = [
        Insert(customer),
        *(Insert(word) for word in name_words(customer)),
        audit(ports, context, "customer_created", subject=subject, customer_id=customer.id,
              name=customer.name),
    ]  # fmt: skip
    resource = f"/v1/customers/{customer.id}"
    until_committed(ports, lambda: commit(ports, context, writes, resource=resource))
    return customer
