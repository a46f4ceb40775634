"""From values to bytes and back: msgpack with the types of the frozen dataclasses, checked while decoding.

Not pickle: an entry of a folder that somebody sent must not be able to run anything.
"""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    raise NotImplementedError(f"{type(value).__name__} cannot be kept")


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_plain, order="deterministic")


def encode(value: Any) -> bytes:
    """Return ``value`` (dataclasses, structs, plain values) as bytes, the same ones each time; floats to the last bit."""
    return _ENCODER.encode(value)


def decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    """Return what decodes bytes into ``kind``; it raises :data:`Damage` for anything else."""
    return msgspec.msgpack.Decoder(kind)


Damage = (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, OverflowError, RecursionError)
"""What decoding raises for bytes that are not what they should be."""
