"""A request for a consultation, and the one way to make it of what a visitor typed."""

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Callable, Dict, Mapping, Optional

from consultations import fields
from consultations.fields import InvalidError
from consultations.fields.text import clean_line

LOCALES = ("en", "es", "zh")
_VERSION_LENGTH = 100


@dataclass(frozen=True)
class ConsultationRequest:
    """What the clinic gets. At least one of `email` and `phone` is there; `consent_at` is UTC."""

    contact_name: str
    email: Optional[str]
    phone: Optional[str]  # E.164
    for_whom: str  # self, child, other
    patient_age_months: int
    diagnosis: str  # yes, no, suspected, unknown
    sma_type: str  # 0 to 4, unknown
    place: str
    language: str
    question: str  # may be empty
    consent_version: str
    consent_at: datetime
    conversation: Optional[str]  # Rasa's conversation id, so that erasing finds it
    locale: str  # one of LOCALES


class ValidationError(ValueError):
    """Some entries can't be taken; `errors` maps each field to a code of `fields.MESSAGES`."""

    def __init__(self, errors: Dict[str, str]) -> None:
        super().__init__(", ".join(f"{field}: {code}" for field, code in sorted(errors.items())))
        self.errors = errors


# Fields that must be given, and those that may be left out with what is then kept.
REQUIRED: Dict[str, Callable[[str], Any]] = {
    "contact_name": fields.parse_name,
    "for_whom": fields.parse_for_whom,
    "patient_age": fields.parse_age,
    "place": fields.parse_place,
    "language": fields.parse_language,
}
OPTIONAL: Dict[str, Callable[[str], Any]] = {
    "email": fields.parse_email,
    "phone": fields.parse_phone,
    "diagnosis": fields.parse_diagnosis,
    "sma_type": fields.parse_sma_type,
    "question": fields.parse_question,
}
_DEFAULTS = {"diagnosis": "unknown", "sma_type": "unknown", "question": ""}


def validate(values: Mapping[str, str]) -> ConsultationRequest:
    """Check all entries, of the chat or of a website's form, and return the request.

    Args:
        values: by field, as typed or as the parsers returned it. The keys are the names of the
            request's fields, but `patient_age` for the age, as text ("8 months"; a bare number is
            years, so pass months through `fields.format_age`). `consent_version` names the text
            agreed to and `consent_at` when, in ISO 8601 with offset; both are given only after an
            explicit yes. Unknown keys are ignored.

    Raises:
        ValidationError: with a code for every field that is wrong; `contact` when there is neither
            e-mail nor phone, `consent` when nobody agreed.
    """
    texts = {key: "" if value is None else str(value).strip() for key, value in values.items()}
    errors: Dict[str, str] = {}
    parsed: Dict[str, Any] = {}
    for field, parse in {**REQUIRED, **OPTIONAL}.items():
        text = texts.get(field, "")
        if not text and field in OPTIONAL:
            parsed[field] = _DEFAULTS.get(field)
            continue
        try:
            parsed[field] = parse(text)
        except InvalidError as error:
            errors[field] = error.code
    if not texts.get("email") and not texts.get("phone"):
        errors["contact"] = "contact_missing"
    consent_version = clean_line(texts.get("consent_version", ""))
    consent_at = _moment(texts.get("consent_at", ""))
    if not 1 <= len(consent_version) <= _VERSION_LENGTH or consent_at is None:
        errors["consent"] = "consent_missing"
    is_minor = parsed.get("patient_age", fields.ADULT_MONTHS) < fields.ADULT_MONTHS
    if parsed.get("for_whom") == "self" and is_minor:
        errors["patient_age"] = "underage_contact"
    if errors or consent_at is None:
        raise ValidationError(errors)
    locale = texts.get("locale", "")
    return ConsultationRequest(
        patient_age_months=parsed.pop("patient_age"),
        consent_version=consent_version,
        consent_at=consent_at,
        conversation=texts.get("conversation") or None,
        locale=locale if locale in LOCALES else "en",
        **parsed,
    )


def _moment(text: str) -> Optional[datetime]:
    """Return an ISO 8601 time as UTC; None when it isn't one or doesn't say its offset."""
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        return moment.astimezone(timezone.utc) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
