"""What can be wrong with a notification of a payment provider."""

from chalicelib.domain.errors import Invalid


class SignatureInvalid(Exception):
    """The notification is not provably from the provider. The reason is for our log only."""


class EventMalformed(Invalid):
    """A notification that is from the provider, but not in the shape that its documents promise."""

    code = "event_malformed"

    def __init__(self, provider: str, problem: str) -> None:
        super().__init__(f"{provider} sent an event that cannot be understood: {problem}")
        self.provider = provider
        self.problem = problem
