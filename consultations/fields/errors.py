"""What is wrong with an entry, as a code, and what to tell the visitor about it in English."""

# Each sentence says what to type, with an example. Other languages translate by code.
MESSAGES = {
    "name_missing": "Please type the name of the person we should contact, for example Ana Silva.",
    "name_no_letters": "A name needs letters, for example Ana Silva.",
    "name_is_email": "That is an e-mail address. Please type a name, for example Ana Silva.",
    "name_invalid": "Please type just a name, for example Ana Silva.",
    "name_too_long": "Please shorten the name to 100 characters, for example Ana Silva.",
    "email_invalid": "Please type an e-mail address like ana@example.org.",
    "email_several": "Please type just one e-mail address, for example ana@example.org.",
    "phone_invalid": "Please type a phone number with country code, for example +44 20 7946 0018.",
    "phone_country": "Please add the country code to the number, for example +44 for the UK:"
    " +44 20 7946 0018.",
    "contact_missing": "Please give an e-mail address or a phone number, for example"
    " ana@example.org or +44 20 7946 0018.",
    "age_invalid": "Please type the patient's age, for example 8 months or 4 years.",
    "age_range": "Please type an age from newborn to 120 years, for example 8 months or 4 years.",
    "sma_type_invalid": "Please type the SMA type, 0 to 4, or not sure. For example: type 2.",
    "for_whom_invalid": "Please type who the consultation is for: myself, my child or someone"
    " else. For example: my child.",
    "diagnosis_invalid": "Please type whether SMA is diagnosed: yes, no or suspected."
    " For example: yes.",
    "place_missing": "Please type a country or city, for example Lisbon, Portugal.",
    "place_too_long": "Please shorten the place to 60 characters, for example Lisbon, Portugal.",
    "language_missing": "Please type the language you'd like to be contacted in, for example"
    " Portuguese.",
    "language_too_long": "Please shorten the language to 60 characters, for example Portuguese.",
    "question_too_long": "Please shorten the question to 2000 characters, for example:"
    " How often are treatments?",
    "consent_missing": "We can only keep your details if you agree. To agree, type: yes.",
    "underage_contact": "Please have an adult fill this in, for example a parent: the person we"
    " contact must be 18 or older.",
}


class InvalidError(ValueError):
    """An entry can't be understood; `code` is a key of `MESSAGES`. Never holds the entry."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
