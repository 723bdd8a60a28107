"""What a company has agreed with a provider, for the tests of its adapter."""

from chalicelib.adapters.providers.calls import Calls
from chalicelib.adapters.providers.port import Setup


def a_setup(*secrets: str, url: str = "http://localhost:1", **keys: str) -> Setup:
    """Return a setup with these secrets; nobody listens at its address unless one is given."""
    return Setup(secrets=secrets, keys=keys, calls=Calls("test", url), is_local=True)
