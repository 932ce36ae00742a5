"""What a message consists of beside its whole text, as one component after the other finds it."""

from dataclasses import dataclass, field
from typing import Any, List, Optional

from numpy.typing import NDArray

from understanding.ranking import Ranking


@dataclass
class Parts:
    """The parts of one message.

    Attributes:
        sentences: where there is more than one, or something is ruled out in the only one.
        clauses: of the only sentence.
        in_context: the message together with what was just talked about, when it may follow up.
        vectors: those of `texts`, of shape (texts, 512).
        sentence_rankings: what each sentence may mean.
        clause_rankings: what each clause may mean.
    """

    sentences: List[str] = field(default_factory=list)
    clauses: List[str] = field(default_factory=list)
    in_context: Optional[str] = None
    vectors: Optional[NDArray[Any]] = None
    sentence_rankings: List[Ranking] = field(default_factory=list)
    clause_rankings: List[Ranking] = field(default_factory=list)

    @property
    def texts(self) -> List[str]:
        """What is to be read beside the whole message, the message in context last."""
        context = [self.in_context] if self.in_context else []
        return [*(self.sentences or self.clauses), *context]
