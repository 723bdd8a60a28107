"""What a statement of account says, and to whom."""

from chalicelib.domain.base import Value
from chalicelib.domain.customer import Customer, Language
from chalicelib.domain.statement import Statement


class StatementLetter(Value):
    """A statement and to whom it goes: its reader's name and language."""

    statement: Statement
    customer: Customer
    name: str
    language: Language
