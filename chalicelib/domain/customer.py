"""Who owes: customers, and the frozen copy of one that an issued document carries."""

from datetime import datetime
from typing import ClassVar, Final, Literal

from chalicelib.domain.base import Record, Value
from chalicelib.domain.discount import DiscountTerms
from chalicelib.domain.search_text import normal

Language = Literal["es", "en"]
CustomerType = Literal["business", "consumer", "public"]

ContactRole = Literal["invoices", "reminders", "statements"]

UNIDENTIFIED: Final = "unidentified"
"""The customer that holds money whose owner nobody knows yet."""


class Party(Value):
    """A name and address as printed on a document."""

    name: str
    tax_id: str | None = None
    address: str | None = None
    country: str
    email: str | None = None


class Contact(Value):
    """A person at the customer, and what they are sent.

    ``is_copy``: is copied on the mail to the others instead of getting one of their own. Without
    ``language`` it is the customer's.
    """

    id: str
    name: str
    email: str | None = None
    phone: str | None = None
    roles: tuple[ContactRole, ...] = ()
    language: Language | None = None
    is_copy: bool = False


class Customer(Record):
    """A company or person that is invoiced.

    ``terms_days`` is the number of days from issue date to due date. ``currencies`` lists those in
    which the customer has an account; it grows with the first fact in a new one. ``type`` decides
    whether the law gives interest and compensation for late payment: never against a consumer.
    ``credit_limit_minor`` is in ``currency``; None is no limit. ``region`` is the second part of
    an ISO 3166-2 code (MD for ES-MD): it has holidays of its own. ``policy_id`` is the customer's
    own ladder of reminders; ``owner`` the e-mail address of the person in charge.
    ``code`` is what the company's other programs call the customer.
    ``statements``: wants the monthly statement of account, or does not; None as the company does.
    """

    kind: ClassVar[str] = "customer"

    id: str
    type: CustomerType = "business"
    name: str
    country: str
    tax_id: str | None = None
    address: str | None = None
    email: str | None = None
    phone: str | None = None
    language: Language
    currency: str
    terms_days: int
    discount: DiscountTerms | None = None
    credit_limit_minor: int | None = None
    time_zone: str
    segment: str | None = None
    region: str | None = None
    contacts: tuple[Contact, ...] = ()
    policy_id: str | None = None
    owner: str | None = None
    statements: bool | None = None
    notes: str | None = None
    code: str | None = None
    currencies: tuple[str, ...] = ()
    created_at: datetime

    def on_document(self) -> Party:
        """Return what a document freezes of this customer."""
        return Party(
            name=self.name,
            tax_id=self.tax_id,
            address=self.address,
            country=self.country,
            email=self.email,
        )


class NameWord(Record):
    """One word of a customer's name, so that search by any word is one look-up."""

    kind: ClassVar[str] = "name_word"

    word: str
    customer_id: str
    name: str


MAX_WORDS: Final = 8  # a name with more words is found by its first eight


def name_words(customer: Customer) -> tuple[NameWord, ...]:
    """Return the search words of a customer, each once."""
    words = list(dict.fromkeys(normal(customer.name).split()))[:MAX_WORDS]
    return tuple(NameWord(word=word, customer_id=customer.id, name=customer.name) for word in words)
