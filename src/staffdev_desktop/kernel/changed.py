"""What a committed write touched: the kinds of row and their ids, so that each screen can decide whether to refresh."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Changed:
    """`kinds` maps a kind of row (its table's name) to the ids that were added, changed or removed."""

    kinds: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def touches(self, *kinds: str) -> bool:
        """Whether any row of these kinds was touched."""
        return any(kind in self.kinds for kind in kinds)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, int]]) -> "Changed":
        """Collect (kind, id) pairs."""
        kinds: dict[str, set[int]] = {}
        for kind, row_id in pairs:
            kinds.setdefault(kind, set()).add(row_id)
        return cls({kind: frozenset(ids) for kind, ids in kinds.items()})
