"""A mail on the wire says what was written, wherever its lines are folded."""

from email import message_from_bytes, policy

import pytest

from chalicelib.adapters.mime import mime
from chalicelib.usecases.contents import MailContent, OutgoingMail


@pytest.mark.parametrize("count", range(1, 25))
def test_a_long_subject_arrives_letter_by_letter_wherever_it_is_folded(count: int) -> None:
    subject = " ".join(["1 reclamación,", "factura", "Peñarroya", "más"] * 6)[: count * 7].strip()
    mail = OutgoingMail(
        sender_name="Saldo", reply_to=None, to="a@b.example", tags={},
        content=MailContent(subject=subject, text="x", html="<p>x</p>"),
    )  # fmt: skip

    wire = mime(mail, "facturas@saldo.example")

    assert message_from_bytes(wire, policy=policy.default)["Subject"] == subject
    assert max(len(line) for line in wire.split(b"\r\n")) <= 78
