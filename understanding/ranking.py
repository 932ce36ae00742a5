"""What a ranking says of a family of intents, such as all emergencies, which share a prefix."""

from typing import Any, Dict, List, Optional

# Entries {"name", "confidence"} as Rasa keeps them, the most probable intent first.
Ranking = List[Dict[str, Any]]


def best_of(ranking: Ranking, prefix: str, threshold: float) -> Optional[Dict[str, Any]]:
    """Return the likeliest intent of a family, if the family's shares add up to `threshold`.

    "Can my daughter switch, she's on Evrysdi?" may be any of three ways to seek advice, each with a
    third of the probability: that advice is sought is certain all the same. The confidence of the
    returned entry is the sum of the shares. None when the sum is less than `threshold`.
    """
    family = [entry for entry in ranking if entry["name"].startswith(prefix)]
    share = sum(entry["confidence"] for entry in family)
    if not family or share < threshold:
        return None
    return {"name": family[0]["name"], "confidence": min(1.0, share)}
