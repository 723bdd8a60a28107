"""Mails as the local cloud keeps them."""

import base64
import json
from email.message import EmailMessage
from pathlib import Path


def keep(file: Path, *to: str, subject: str = "Factura A-000001") -> None:
    """Append a mail as the app sends it."""
    message = EmailMessage()
    message["From"] = "Gómez S.L. <cobros@saldo.local>"
    message["To"] = ", ".join(to)
    message["Subject"] = subject
    message.set_content("Debe 121,00 €")
    message.add_alternative("<p>Debe <b>121,00 €</b></p>", subtype="html")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="factura ñ.pdf")
    request = {
        "Destination": {"ToAddresses": list(to)},
        "ConfigurationSetName": "saldo",
        "EmailTags": [{"Name": "message", "Value": "m1"}],
        "Content": {"Raw": {"Data": base64.b64encode(bytes(message)).decode()}},
    }
    entry = {"id": f"{subject}@email.amazonses.com", "at": 1_780_000_000.5, "request": request}
    with file.open("a") as lines:
        lines.write(json.dumps(entry) + "\n")
