"""Which layout a mail to staff has."""

from typing import Any

from chalicelib.adapters.mail.digest import digest_layout
from chalicelib.adapters.mail.staff import notices_layout
from chalicelib.domain.staff_mail import StaffMail


def staff_layout(mail: StaffMail, base_url: str) -> dict[str, Any]:
    """Return the names that the layout of mails to staff uses, beside those of the sender."""
    if mail.digest is not None:
        shown = digest_layout(mail.digest, mail.language, base_url)
    else:
        shown = notices_layout(mail, base_url)
    return shown | {"language": mail.language}
