"""The staff directory in Cognito. It knows addresses and passwords; what people may do is ours."""

from typing import Any


class CognitoDirectory:
    """The Directory port over a user pool to which nobody can add themselves."""

    def __init__(self, client: Any, pool_id: str, first_password: str | None = None) -> None:
        """Take the first password to set at home, where Cognito sends no mail."""
        self._client = client
        self._pool_id = pool_id
        self._first_password = first_password

    def invite(self, email: str, name: str) -> None:
        """Mail a first password, which must be changed. Who never signed in gets a new one."""
        try:
            self._create(
                email,
                UserAttributes=[
                    {"Name": "email", "Value": email},
                    {"Name": "email_verified", "Value": "true"},
                    {"Name": "name", "Value": name},
                ],
            )
        except self._client.exceptions.UsernameExistsException:
            self._invite_again(email)

    def _invite_again(self, email: str) -> None:
        try:
            self._create(email, MessageAction="RESEND")
        except self._client.exceptions.UnsupportedUserStateException:
            return  # they have signed in before, and their password stands

    def _create(self, email: str, **arguments: Any) -> None:
        if self._first_password is not None:
            quietly = {"TemporaryPassword": self._first_password, "MessageAction": "SUPPRESS"}
            arguments = quietly | arguments
        self._client.admin_create_user(
            UserPoolId=self._pool_id, Username=email, DesiredDeliveryMediums=["EMAIL"], **arguments
        )
