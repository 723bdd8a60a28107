"""The mailbox shows every mail as its reader gets it, oldest first."""

from pathlib import Path

from infra.local.mailbox import Mailbox
from tests.local.mails import keep


def test_a_mail_is_shown_with_its_texts_files_and_tags(tmp_path: Path) -> None:
    keep(tmp_path / "box", "Ana <ana@example.com>", "b@example.com")

    (mail,) = Mailbox(tmp_path / "box").mails()

    assert mail.summary() == {
        "to": ["ana@example.com", "b@example.com"],
        "subject": "Factura A-000001",
        "text": "Debe 121,00 €\n",
        "html": "<p>Debe <b>121,00 €</b></p>\n",
        "attachments": [
            {"filename": "factura ñ.pdf", "content_type": "application/pdf", "size": 4}
        ],
        "tags": {"message": "m1"},
        "sent_at": "2026-05-28T20:26:40Z",
    }


def test_new_mails_follow_the_older_ones(tmp_path: Path) -> None:
    keep(tmp_path / "box", "a@example.com", subject="1")
    mailbox = Mailbox(tmp_path / "box")
    assert [mail.subject for mail in mailbox.mails()] == ["1"]

    keep(tmp_path / "box", "a@example.com", subject="2")

    assert [mail.subject for mail in mailbox.mails()] == ["1", "2"]


def test_a_mail_that_is_still_being_written_waits(tmp_path: Path) -> None:
    keep(tmp_path / "box", "a@example.com")
    whole = (tmp_path / "box").read_bytes()
    (tmp_path / "box").write_bytes(whole + whole[:50])
    mailbox = Mailbox(tmp_path / "box")
    assert len(mailbox.mails()) == 1

    (tmp_path / "box").write_bytes(whole + whole)

    assert len(mailbox.mails()) == 2


def test_without_mails_the_mailbox_is_empty(tmp_path: Path) -> None:
    assert Mailbox(tmp_path / "box").mails() == []
