"""What the trained net finds in tokens: spaCy's weights and decisions, worked out for whole documents at once.

spaCy steps through every paragraph one token and one transition at a time, and embeds each word anew. Here a word form
is embedded once, the transitions outside of entities, most of them, are decided for all tokens in one go, and only
inside an entity one by one. The scheme is spaCy's ``ner``: begin (B), in (I), last (L), unit (U), out (O).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import ORTH
from spacy.tokens import Doc
from thinc.api import NumpyOps

Floats = NDArray[np.float32]
_MOST_FORMS = 20_000
"""Word forms whose vectors are kept (5 MB)."""


class EntityNet:
    """The layers of a trained ``ner``; see ``entity_tokens.NER`` for their make."""

    def __init__(self, ner: Any) -> None:
        """``ner`` is the trained component, which spaCy's types say little about."""
        for layer in ner.model.walk():
            layer.ops = NumpyOps(use_blis=False)  # NumPy multiplies three times as fast as BLIS, the default
        to_vectors, lower, _ = ner.model.layers
        tok2vec, _, self._narrow = to_vectors.layers
        embed, self._encode = tok2vec.layers
        features, _, self._tables, self._mix, _ = embed.layers
        self._attributes = [ORTH, *features.attrs["columns"]]
        self._forms: dict[int, int] = {}
        self._vectors: Floats = np.empty((0, 0), np.float32)
        self._weights, self._bias = lower.get_param("W"), lower.get_param("b")
        self._pad = lower.get_param("pad")[0]
        names = [ner.moves.get_class_name(at) for at in range(ner.moves.n_moves)]
        self._label = [name.partition("-")[2] for name in names]
        self._move = [name.partition("-")[0] for name in names]
        self._inside = {
            label: tuple(names.index(f"{move}-{label}") for move in "IL") for label in self._label if label
        }
        kept = [
            move == "O" or (move in "BU" and label)
            for move, label in zip(self._move, self._label, strict=True)
        ]
        self._barred = np.where(kept, np.float32(0), np.float32(-np.inf))
        self._barred_last = np.where(np.array(self._move) == "B", np.float32(-np.inf), self._barred)

    def spans(self, docs: Sequence[Doc]) -> list[list[tuple[int, int, str]]]:
        """Return the entities of each document as (first token, token after the last, label)."""
        filled = [doc for doc in docs if len(doc)]
        if not filled:
            return [[] for _ in docs]
        vectors = self._narrow.predict(np.concatenate(self._encode.predict(self._embedded(filled))))
        ends = np.cumsum([len(doc) for doc in filled])
        found = iter(self._decoded(vectors, ends))
        return [next(found) if len(doc) else [] for doc in docs]

    def _embedded(self, docs: Sequence[Doc]) -> list[Floats]:
        """Return the vectors of the words of each document, by themselves."""
        looks = [doc.to_array(self._attributes) for doc in docs]
        new = {int(look[0]): look for one in looks for look in one if int(look[0]) not in self._forms}
        if new:
            if len(self._forms) + len(new) > _MOST_FORMS:
                self._forms.clear()
                new = {int(look[0]): look for one in looks for look in one}
            vectors = self._mix.predict(self._tables.predict(np.stack(list(new.values()))[:, 1:]))
            self._vectors = np.concatenate((self._vectors, vectors)) if self._forms else vectors
            self._forms |= {form: at for at, form in enumerate(new, start=len(self._forms))}
        return [self._vectors[[self._forms[form] for form in one[:, 0].tolist()]] for one in looks]

    def _decoded(self, vectors: Floats, ends: NDArray[np.int64]) -> list[list[tuple[int, int, str]]]:
        """Return the entities of each document, whose tokens' ``vectors`` stand one after the other up to ``ends``."""
        roles, classes, pieces, width = self._weights.shape  # two pieces, of which the larger counts
        seen = (vectors @ self._weights.reshape(-1, width).T).reshape(-1, roles, classes, pieces)
        both = seen[:, 0] + (self._pad[1] + self._pad[2] + self._bias)
        outside = np.maximum(both[:, :, 0], both[:, :, 1])
        chosen = (outside + self._barred).argmax(axis=1)
        chosen[ends - 1] = (outside[ends - 1] + self._barred_last).argmax(axis=1)
        actions = chosen.tolist()
        found: list[list[tuple[int, int, str]]] = []
        first = 0
        for end in ends.tolist():
            own: list[tuple[int, int, str]] = []
            at = first
            while at < end:
                move, label = self._move[actions[at]], self._label[actions[at]]
                stop = at + 1
                if move == "B":
                    stop = self._end_of(seen, label, at, end)
                if move != "O":
                    own.append((at - first, stop - first, label))
                at = stop
            found.append(own)
            first = end
        return found

    def _end_of(self, seen: Floats, label: str, begun: int, end: int) -> int:
        """Return where the entity begun at ``begun`` ends: after the first token that is rather its last than within."""
        both = list(self._inside[label])
        opened = seen[begun, 1, both] + self._bias[both]
        for at in range(begun + 1, end - 1):
            within, last = (seen[at, 0, both] + opened + seen[at - 1, 2, both]).max(axis=1).tolist()
            if last > within or (last == within and both[1] < both[0]):
                return at + 1
        return end
