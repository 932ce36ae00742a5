"""Name, e-mail address and phone number of the person to contact."""

import re
from typing import Optional

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from consultations.fields.errors import InvalidError
from consultations.fields.text import ascii_digits, clean_line

NAME_LENGTH = 100
_LONGEST_TEXT = 1000
_NAME_PREFIX = re.compile(
    r"^(?:my name is|my name's|name is|name:|i am called|i'm|it's|this is"
    r"|me llamo|mi nombre es|nombre:|soy(?= )|我叫|叫我|我的名字是|姓名[:：])\s*",
    re.IGNORECASE,
)
_ENDS = " \t.,;:!?。，；！？、"

_BETWEEN_ADDRESSES = re.compile(r"[\s<>(),;:\"\[\]，。；：！？、（）《》“”]+")
_CHINESE = "[\u3400-\u9fff]+"
# Chinese is written without blanks: 我的邮箱是ana@example.org谢谢
_CHINESE_AROUND = re.compile(rf"^{_CHINESE}(?=[A-Za-z0-9])|(?<=[A-Za-z]){_CHINESE}$")

_DASHES = re.compile(r"[\u2010-\u2015\u2212\u30fc]")
_PHONE = re.compile(r"\+?[\s(]*\d[\d\s().\-/]*\d")
_LEAST_DIGITS = 5


def parse_name(text: str) -> str:
    """Return a name of 1 to 100 characters, without "my name is" before it.

    Raises:
        InvalidError: `name_missing`, `name_no_letters`, `name_is_email`, `name_invalid`,
            `name_too_long`.
    """
    name = before = clean_line(text)
    if not name:
        raise InvalidError("name_missing")
    while True:
        name = _NAME_PREFIX.sub("", name.strip(_ENDS)) or name
        if name == before:
            break
        before = name
    if re.search(r"[?？¿]", text):
        raise InvalidError("name_invalid")  # a question
    if re.search(r"\S@\S", name):
        raise InvalidError("name_is_email")
    if not any(character.isalpha() for character in name):
        raise InvalidError("name_no_letters")
    if len(name) > NAME_LENGTH:
        raise InvalidError("name_too_long")
    return name


def parse_email(text: str) -> str:
    """Return the one e-mail address in `text`, normalised. Nothing is looked up in the network.

    Raises:
        InvalidError: `email_invalid`, `email_several`.
    """
    line = ascii_digits(clean_line(text))
    if len(line) > _LONGEST_TEXT:
        raise InvalidError("email_invalid")
    words = (word.strip(".!?'") for word in _BETWEEN_ADDRESSES.split(line))
    addresses = list(dict.fromkeys(word for word in words if "@" in word))
    if len(addresses) > 1:
        raise InvalidError("email_several")
    if not addresses:
        raise InvalidError("email_invalid")
    address = _CHINESE_AROUND.sub("", addresses[0])
    if "mailto:" in line.casefold():
        address = address.split("?", 1)[0]  # ana@example.org?subject=...
    try:
        return str(validate_email(address, check_deliverability=False).normalized)
    except EmailNotValidError:
        raise InvalidError("email_invalid") from None  # its text quotes the address


def parse_phone(text: str, region: Optional[str] = None) -> str:
    """Return a phone number as E.164, for example "+442079460018".

    Args:
        text: the number as people write it: brackets, dots, 00 for +, "tel.", any digits.
        region: the country (ISO 3166, two letters) of numbers without a country code.

    Raises:
        InvalidError: `phone_country` (no country code, and no region given), `phone_invalid`.
    """
    line = _DASHES.sub("-", ascii_digits(clean_line(text)))
    if len(line) > _LONGEST_TEXT:
        raise InvalidError("phone_invalid")
    candidates = [re.sub(r"[^\d+]", "", found) for found in _PHONE.findall(line)]
    number = max(candidates, key=len, default="")
    if len(number) < _LEAST_DIGITS:
        raise InvalidError("phone_invalid")
    if number.startswith("00"):
        number = "+" + number[2:]
    if not number.startswith("+") and region is None:
        raise InvalidError("phone_country")
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        raise InvalidError("phone_invalid") from None  # its text may quote the number
    if not phonenumbers.is_valid_number(parsed):
        raise InvalidError("phone_invalid")
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
