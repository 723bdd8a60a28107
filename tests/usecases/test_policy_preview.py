"""What is said before a change of a ladder, or of whose it is: who gets what, today and then."""

import pytest

from chalicelib.domain.errors import InvalidField
from chalicelib.domain.ladders import STANDARD
from chalicelib.domain.policy import Step
from chalicelib.usecases.change_customer import change_customer
from chalicelib.usecases.policies import assign_policies
from chalicelib.usecases.simulate_assignment import simulate_assignment
from chalicelib.usecases.simulate_policy import Draft, Simulation, simulate_policy
from tests.builders import Book, a_customer, an_issued_invoice, at, by_ana, change_company
from tests.usecases.reminding import FIRST_DAY

EARLY = f"{FIRST_DAY}T05:00"


def drafted(book: Book, *steps: Step) -> Simulation:
    return simulate_policy(book.ports, by_ana(at(EARLY)), Draft("default", steps=steps))


def assigned(book: Book, default_id: str, **segments: str) -> Simulation:
    return simulate_assignment(book.ports, by_ana(at(EARLY)), default_id, segments)


def first_by(**changes: object) -> tuple[Step, ...]:
    """The standard ladder with its first reminder changed."""
    return tuple(one.but(**changes) if one.id == "first" else one for one in STANDARD.steps)


def test_the_figures_of_today_stand_beside_those_of_the_change(book: Book) -> None:
    book.issued()
    before = book.snapshot()

    found = drafted(book, *STANDARD.steps[3:])

    assert (found.would_send, found.by_channel) == (0, {})
    assert found.would_skip == {"nothing_due": 1}
    assert (found.before.would_send, found.before.by_channel) == (1, {"email": 1})
    assert found.before.would_skip == {}
    assert book.snapshot() == before


@pytest.mark.parametrize(
    "changes",
    [{"channel": "call"}, {"template": "reminder_firm"}, {"tone": "firm"}, {"fee_minor": 1_000}],
)
def test_a_step_that_reaches_the_customer_in_another_form_is_said_to_change(
    book: Book, changes: dict[str, object]
) -> None:
    book.issued()

    assert drafted(book, *first_by(**changes)).changes == {"other_form": 1}
    assert drafted(book, *first_by(offset_days=2)).changes == {"same": 1}
    assert drafted(book, *first_by(copy_to=("jefa@saldo.example",))).changes == {"same": 1}


def test_a_step_that_waits_for_approval_no_longer_goes_out_by_itself(book: Book) -> None:
    book.issued()

    found = drafted(book, *first_by(needs_approval=True))

    assert found.changes == {"dropped": 1}
    assert found.would_skip == {"waits_for_approval": 1}
    assert found.outcomes[0].reason_before is None


def test_who_has_no_address_that_works_is_not_counted_as_written_to(book: Book) -> None:
    book.issued()
    change_customer(book.ports, by_ana(), book.customer.id, {"email": None}, expected_version=None)

    found = drafted(book, *STANDARD.steps)
    called = drafted(book, *first_by(channel="call"))

    assert (found.would_send, found.would_skip) == (0, {"no_address": 1})
    assert (called.by_channel, called.changes) == ({"call": 1}, {"added": 1})


def test_an_assignment_looks_at_those_whose_ladder_would_be_another(book: Book) -> None:
    book.issued()
    retail = a_customer(book.ports, name="Comercio", segment="retail")
    an_issued_invoice(book.ports, retail.id)
    own = a_customer(book.ports, name="Suya", policy_id="firm")
    an_issued_invoice(book.ports, own.id)
    before = book.snapshot()

    segment = assigned(book, "default", retail="gentle")
    company = assigned(book, "gentle")
    nothing = assigned(book, "default")

    assert [one.desk.customer.name for one in segment.outcomes] == ["Comercio"]
    assert segment.changes == {"dropped": 1}  # seven days in place of three
    assert (company.accounts, company.changes) == (2, {"dropped": 2})
    assert nothing.accounts == 0
    assert book.snapshot() == before


def test_a_segment_that_gets_the_ladder_it_has_changes_nothing(book: Book) -> None:
    retail = a_customer(book.ports, name="Comercio", segment="retail")
    an_issued_invoice(book.ports, retail.id)
    assign_policies(
        book.ports,
        by_ana(),
        default_id="default",
        segments={"retail": "gentle"},
        expected_version=None,
    )

    assert assigned(book, "default", retail="gentle").accounts == 0
    assert assigned(book, "default").changes == {"added": 1}


def test_an_assignment_of_a_ladder_that_does_not_exist_is_not_simulated(book: Book) -> None:
    with pytest.raises(InvalidField) as refusal:
        assigned(book, "default", retail="x")

    assert (refusal.value.pointer, refusal.value.field_code) == (
        "/segments/retail",
        "unknown_policy",
    )


def test_frozen_sending_does_not_hide_what_a_change_would_change(book: Book) -> None:
    book.issued()
    change_company(book.ports, sending_frozen=True)

    assert drafted(book, *STANDARD.steps[3:]).changes == {"dropped": 1}
