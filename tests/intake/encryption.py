"""The oldest encryption of PDF (RC4, 40 bits; ISO 32000-1, 7.6), to make protected files in tests."""

import hashlib
from collections.abc import Mapping

_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_OWNER = bytes(range(65, 97))
_PERMISSIONS = -4


def rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def protected(objects: Mapping[int, bytes], password: bytes) -> tuple[dict[int, bytes], bytes]:
    """Return ``objects`` with their streams encrypted, and the trailer entries, for a user's ``password``."""
    identity = b"0123456789abcdef"
    seed = (password + _PADDING)[:32] + _OWNER + _PERMISSIONS.to_bytes(4, "little", signed=True) + identity
    key = hashlib.md5(seed).digest()[:5]
    encrypted = {}
    for number, body in objects.items():
        head, mark, rest = body.partition(b"stream\n")
        if mark:
            own_key = hashlib.md5(key + number.to_bytes(3, "little") + bytes(2)).digest()[:10]
            body = head + mark + rc4(own_key, rest.removesuffix(b"\nendstream")) + b"\nendstream"  # noqa: PLW2901
        encrypted[number] = body
    trailer = (
        f"/Encrypt<</Filter/Standard/V 1/R 2/P {_PERMISSIONS}/O<{_OWNER.hex()}>/U<{rc4(key, _PADDING).hex()}>>>"
        f"/ID[<{identity.hex()}><{identity.hex()}>]"
    )
    return encrypted, trailer.encode()
