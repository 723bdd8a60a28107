"""Signatures are checked as pyca/cryptography checks them, and forgeries of known kinds fail."""

import hashlib

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.adapters.rsa_signature import RsaKey, is_signed
from tests.adapters.tokens import private_key

_SHA256 = bytes.fromhex("3031300d060960864801650304020105000420")
MESSAGE = b"header.payload"


def public(name: str = "key-1", bits: int = 2048) -> RsaKey:
    numbers = private_key(name, bits).public_key().public_numbers()
    return RsaKey(numbers.n, numbers.e)


def signature(message: bytes, name: str = "key-1", bits: int = 2048) -> bytes:
    return private_key(name, bits).sign(message, padding.PKCS1v15(), hashes.SHA256())


def raw_signature(block: bytes) -> bytes:
    """Sign a block with any padding, as only the owner of the key can."""
    numbers = private_key("key-1").private_numbers()
    modulus = numbers.public_numbers.n
    return pow(int.from_bytes(block, "big"), numbers.d, modulus).to_bytes(256, "big")


def cryptography_accepts(message: bytes, signed: bytes) -> bool:
    try:
        private_key("key-1").public_key().verify(
            signed, message, padding.PKCS1v15(), hashes.SHA256()
        )
    except InvalidSignature:
        return False
    return True


@pytest.mark.parametrize("bits", [2048, 3072, 4096])
def test_a_signature_is_valid_for_its_message_and_key_alone(bits: int) -> None:
    key = public("key-1", bits)
    signed = signature(MESSAGE, "key-1", bits)

    assert is_signed(MESSAGE, signed, key)
    assert not is_signed(MESSAGE + b" ", signed, key)
    assert not is_signed(MESSAGE, signed, public("key-2"))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=50), st.integers(0, 255), st.integers(0, 255))
def test_changed_bytes_are_judged_as_cryptography_judges_them(
    message: bytes, place: int, mask: int
) -> None:
    signed = bytearray(signature(message))
    signed[place] ^= mask

    verdict = is_signed(message, bytes(signed), public())

    assert verdict == cryptography_accepts(message, bytes(signed)) == (mask == 0)


def test_the_padding_must_be_exactly_that_of_the_standard() -> None:
    digest = _SHA256 + hashlib.sha256(MESSAGE).digest()
    good = b"\x00\x01" + b"\xff" * (253 - len(digest)) + b"\x00" + digest
    without_null = _SHA256.replace(b"\x05\x00", b"").replace(b"\x31\x30\x0d", b"\x2f\x30\x0b")
    blocks = {
        "as it should be": good,
        "bytes after the hash": b"\x00\x01" + b"\xff" * 8 + b"\x00" + digest + b"\x00" * 194,
        "short padding, bytes before": b"\x00\x01\xff\x00" + b"\x11" * 201 + digest,
        "type 2": b"\x00\x02" + good[2:],
        "a byte of padding other than ff": good[:9] + b"\xfe" + good[10:],
        "the hash without its name": b"\x00\x01" + b"\xff" * 221 + b"\x00" + digest[-32:],
        "no null parameter": b"\x00\x01" + b"\xff" * 204 + b"\x00" + without_null + digest[-32:],
    }

    verdicts = {name: is_signed(MESSAGE, raw_signature(block), public())
                for name, block in blocks.items()}  # fmt: skip

    assert {name for name, is_good in verdicts.items() if is_good} == {"as it should be"}


@pytest.mark.parametrize(
    "change",
    [
        lambda signed, _: b"",
        lambda signed, _: signed[1:],
        lambda signed, _: b"\x00" + signed,
        lambda signed, _: b"\x00" * 256,
        lambda signed, _: b"\xff" * 256,
        lambda signed, key: (int.from_bytes(signed, "big") + key.modulus).to_bytes(257, "big"),
    ],
)
def test_a_signature_of_another_size_or_beyond_the_modulus_is_refused(change: object) -> None:
    assert callable(change)
    forged = change(signature(MESSAGE), public())

    assert not is_signed(MESSAGE, forged, public())


def test_a_number_beyond_the_modulus_is_refused_though_it_means_the_same() -> None:
    key = public()
    message, signed = next(
        (message, signed)
        for message in (str(count).encode() for count in range(100))
        if int.from_bytes(signed := signature(message), "big") + key.modulus < 1 << 2048
    )

    beyond = (int.from_bytes(signed, "big") + key.modulus).to_bytes(256, "big")

    assert is_signed(message, signed, key)
    assert not is_signed(message, beyond, key)


def test_a_true_signature_of_a_key_that_is_too_small_is_refused() -> None:
    assert not is_signed(MESSAGE, signature(MESSAGE, "small", 1024), public("small", 1024))


@pytest.mark.parametrize(
    "key",
    [
        RsaKey(public("small", 1024).modulus, 65537),
        RsaKey(public().modulus, 1),
        RsaKey(public().modulus, 65536),
        RsaKey(public().modulus, 1 << 40 | 1),
        RsaKey(1 << 9000 | 1, 65537),
        RsaKey(0, 65537),
    ],
)
def test_a_key_that_protects_nothing_or_only_costs_time_is_not_used(key: RsaKey) -> None:
    assert not key.is_sound()
    assert not is_signed(MESSAGE, b"\x01" * 128, key)
