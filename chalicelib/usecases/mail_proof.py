"""A message as a page of plain text: what was sent, to whom, when, and what became of it."""

from collections.abc import Iterable, Sequence

from chalicelib.domain.calendar import rfc3339
from chalicelib.domain.customer import Language
from chalicelib.domain.formatting import amount
from chalicelib.domain.legal_words import PROOF, PURPOSES, STATES
from chalicelib.domain.message import Message
from chalicelib.usecases.message_content import KeptMail


def proof_of(
    message: Message, kept: KeptMail | None, numbers: dict[str, str], language: Language
) -> str:
    """Return the page of a message; ``kept`` is what it said, if that was kept."""
    words = PROOF[language]
    facts = [
        ("message", message.id),
        ("purpose", purpose_of(message, language).replace("-", " ")),
        ("from", kept.sender_name if kept else None),
        ("reply_to", kept.reply_to if kept else None),
        ("to", message.to),
        ("cc", ", ".join(message.cc) or None),
        ("subject", kept.subject if kept else message.subject),
        ("invoices", " ".join(numbers.get(name, name) for name in message.invoice_ids)),
        ("amount", amount(message.amount_minor, message.currency, language)),
        ("created", rfc3339(message.created_at)),
        ("claimed", rfc3339(message.claimed_at) if message.claimed_at else None),
        ("sent", rfc3339(message.sent_at) if message.sent_at else None),
        ("provider", message.provider_message_id),
        *_posting(message),
        ("state", STATES[language].get(message.state, message.state)),
        ("reason", message.reason),
    ]
    lines = [f"{words[name]}: {text}" for name, text in facts if text]
    lines += _attachments(kept, language)
    lines += _fates(message, language)
    missing = words["no_text" if message.channel == "email" else "on_paper"]
    body = kept.text if kept else missing
    return "\n".join([*lines, "", f"--- {words['text']} ---", "", body.rstrip(), ""])


def _posting(message: Message) -> Sequence[tuple[str, str | None]]:
    proof = message.posting
    if proof is None:
        return ()
    return (
        ("posted", proof.on.isoformat()),
        ("carrier", proof.carrier),
        ("tracking", proof.tracking),
        ("posted_by", proof.by),
    )


def purpose_of(message: Message, language: Language) -> str:
    """Return what a message is, as part of a file's name."""
    return PURPOSES[language].get(message.purpose, message.purpose)


def _attachments(kept: KeptMail | None, language: Language) -> Iterable[str]:
    if kept is None or not kept.attachments:
        return ()
    heading = f"{PROOF[language]['attachments']}:"
    return [heading, *(f"  {one.filename}  sha256 {one.sha256}" for one in kept.attachments)]


def _fates(message: Message, language: Language) -> Iterable[str]:
    if not message.fates:
        return ()
    heading = f"{PROOF[language]['fates']}:"
    lines = [
        "  " + "  ".join(filter(None, [rfc3339(fate.at), STATES[language].get(fate.what, fate.what),
                                       fate.address, fate.detail]))
        for fate in message.fates
    ]  # fmt: skip
    return [heading, *lines]
