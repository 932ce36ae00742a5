"""The clinic's own online form, filled in already where the form allows it."""

from typing import Mapping
from urllib.parse import quote, urlsplit

from consultations.sinks.wufoo import field_mapping

_WUFOO = ".wufoo.com"


def online_form(url: str, mapping: str, values: Mapping[str, str]) -> str:
    """Return the form's address, with the values in it if it is a Wufoo form.

    Args:
        url: the form's address; returned as it is for other forms.
        mapping: WUFOO_FIELDS, which names the form's field for each of ours.
        values: what was entered, by field.

    Source of the format: Wufoo's documentation of URL modifications (/def/Field1=value&...).
    """
    host = urlsplit(url).hostname or ""
    if not host.endswith(_WUFOO) or not mapping:
        return url
    filled = [
        f"{field}={quote(values[name], safe='')}"
        for name, field in field_mapping(mapping).items()
        if values.get(name)
    ]
    return f"{url.rstrip('/')}/def/{'&'.join(filled)}" if filled else url
