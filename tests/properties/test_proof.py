"""Whatever the machine of receivables does, in any order: the proof of its books finds nothing."""

from datetime import timedelta

from hypothesis import settings

from chalicelib.usecases.context import system_context
from chalicelib.usecases.proof_run import start_proof
from tests.proofs import found_by, latest
from tests.properties.test_machine import Receivables
from tests.worker import drain


class Proven(Receivables):
    """The same machine, whose books are proven at the end."""

    def teardown(self) -> None:
        super().teardown()
        if not hasattr(self, "model"):
            return
        night = self.now + timedelta(days=1)
        start_proof(self.book.ports, system_context(night))
        drain(self.book.fakes, night)
        assert found_by(self.book, latest(self.book)) == []
        assert latest(self.book).state == "clean"


TestProven = Proven.TestCase
TestProven.settings = settings(max_examples=60, stateful_step_count=30)
