"""The form's conversation, played as scripts: what goes wrong first, then what goes right."""

from typing import Any, Dict, Tuple

import pytest

from consultations.dialogue import form
from consultations.request import validate
from tests.unit.consultations.dialogue.script import Line, at, play

Script = Tuple[Line, ...]


def _played(data: Dict[str, Any], script: Script) -> None:
    play(data, *script)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(
            (
                ("", "contact_name", "invalid:name_missing"),
                ("👍", "contact_name", "invalid:name_no_letters", "form_way_out"),
                ("Ana", "contact", {"contact_name": "Ana"}),
                ("12345", "contact", "invalid:phone_invalid"),
            ),
            id="wrong twice: a way out; the next question counts anew",
        ),
        pytest.param(
            (
                ("No", "contact_name", "invalid:name_missing"),
                ("Nada", "contact_name", "form_not_optional"),
                ("my name is No", "contact", {"contact_name": "No"}),
            ),
            id="a name that is a command needs a sentence",
        ),
        pytest.param(
            (
                ("I want to know what it costs", "contact_name", "invalid:name_invalid"),
                ("abc def @", "contact_name", "invalid:name_invalid", "form_way_out"),
                ("x" * 4000, "contact_name", "invalid:name_too_long", "form_way_out"),
            ),
            id="sentences are no names",
        ),
        pytest.param(
            (
                ("skip", "contact_name", "form_not_optional"),
                ("not sure", "contact_name", "form_not_optional"),
                ("back", "contact_name"),
                ("go back", "contact_name"),
                ("hello", "contact_name"),
                ("no wait", "contact_name"),
            ),
            id="what can't be skipped, and nothing to go back to",
        ),
    ],
)
def test_at_the_first_question(script: Script) -> None:
    _played(form.new(), script)


@pytest.mark.parametrize(
    ("step", "script"),
    [
        (
            "contact",
            (
                ("ana@example", "contact", "invalid:email_invalid"),
                ("020 7946 0018", "contact", "invalid:phone_country", "form_way_out"),
                (
                    "a@example.org or b@example.org",
                    "contact",
                    "invalid:email_several",
                    "form_way_out",
                ),
                ("0044 20 7946 0018", "for_whom", {"phone": "+442079460018"}),
            ),
        ),
        (
            "contact",  # the address is kept though the number beside it is wrong
            (
                (
                    "ana@example.org, 020 7946 0018",
                    "contact",
                    {"email": "ana@example.org"},
                    "invalid:phone_country",
                ),
                ("skip", "for_whom"),
            ),
        ),
        (
            "for_whom",
            (
                ("for me and my son", "for_whom", "invalid:for_whom_invalid"),
                ("my husband's phone is +49 30 901820", "for_whom", {"phone": "+4930901820"}),
                ("both", "for_whom", "invalid:for_whom_invalid", "form_way_out"),
                ("I am the patient's mother", "patient_age", {"for_whom": "child"}),
            ),
        ),
        (
            "patient_age",
            (
                ("3 or 4", "patient_age", "invalid:age_invalid"),
                ("8 Monate", "patient_age", "invalid:age_invalid", "form_way_out"),
                ("don't know", "patient_age", "form_not_optional"),
                ("call me after 5, +44 20 7946 0018", "patient_age", {"phone": "+442079460018"}),
                ("8 months", "diagnosis", {"patient_age": "8 months"}),
            ),
        ),
        (
            "sma_type",
            (
                ("between 2 and 3", "sma_type", "invalid:sma_type_invalid"),
                ("yes", "sma_type", "invalid:sma_type_invalid", "form_way_out_skip"),
                ("not sure", "place", {"sma_type": "unknown"}),
            ),
        ),
        (
            "place",
            (
                ("my mail is ana@example", "place", "invalid:email_invalid"),
                ("020 7946 0018", "place", "invalid:place_missing", "form_way_out"),
                ("x" * 70, "place", "invalid:place_too_long", "form_way_out"),
                ("yes", "place", "invalid:place_missing", "form_way_out"),
            ),
        ),
        (
            "language",
            (
                ("No hablo inglés", "language", "invalid:language_missing"),
                ("ok", "language", "invalid:language_missing", "form_way_out"),
                ("Spanish please", "question", {"language": "Spanish"}),
            ),
        ),
        (
            "question",
            (
                ("", "question"),
                ("yes", "question"),
                ("x" * 4000, "question", "invalid:question_too_long"),
                ("no", "consent"),
            ),
        ),
        (
            "consent",
            (
                ("", "consent", "invalid:consent_missing"),
                ("maybe", "consent", "invalid:consent_missing", "form_way_out"),
                ("yes but not my phone", "consent", "invalid:consent_missing", "form_way_out"),
                ("claro que no sé", "consent", "invalid:consent_missing", "form_way_out"),
                ("no problem", "consent", "invalid:consent_missing", "form_way_out"),
                ("send it", "consent", "invalid:consent_missing", "form_way_out"),
                ("Yes, add it", "consent", "invalid:consent_missing", "form_way_out"),
                ("skip", "consent", "invalid:consent_missing", "form_way_out"),
                ("(asks) who may read it?", "consent"),
                ("No", "no_consent", "form_no_consent"),
            ),
        ),
        (
            "summary",
            (
                ("I agree", "summary", "form_summary_help"),
                ("👍", "summary", "form_summary_help"),
                ("(asks) shall I send it?", "summary"),
                ("no", "summary", "form_summary_help"),
                ("not yet", "summary", "form_summary_help"),
                ("don't send it", "summary", "form_summary_help"),
                ("skip", "summary", "form_summary_help"),
                ("yes", "sent"),
            ),
        ),
    ],
)
def test_what_is_not_understood(step: str, script: Script) -> None:
    _played(at(step), script)


@pytest.mark.parametrize(
    "word", ["stop", "Stop!", "cancel", "parar", "取消", "算了", "never mind", "delete my data"]
)
@pytest.mark.parametrize("step", ["contact_name", "place", "question", "consent", "summary"])
def test_cancel_is_confirmed(word: str, step: str) -> None:
    play(at(step), (word, "cancel"), (word, "cancel"), ("no", step, "form_going_on"))
    for yes in ("Yes, cancel", "Sí quiero cancelar", "是的"):
        play(at(step), (word, "cancel"), (yes, "cancelled", "form_cancelled"))


@pytest.mark.parametrize(
    "text", ["go on", "No, go on", "No quiero cancelar", "seguir", "继续", "send", "back"]
)
def test_going_on_is_no_yes_to_cancelling(text: str) -> None:
    play(at("place"), ("cancel", "cancel"), (text, "place", "form_going_on"))


def test_an_answer_instead_of_a_yes_to_cancelling() -> None:
    play(
        at("contact"),
        ("stop", "cancel"),
        ("hm", "cancel"),
        ("", "cancel"),
        ("(asks) is it free?", "cancel"),
        ("ana@example.org", "for_whom", {"email": "ana@example.org"}),
    )


@pytest.mark.parametrize(
    "text",
    [
        "stop Spinraza?",
        "cancel culture?",
        "取消治疗会怎样",
        "Why does my son need it every 4 months?",
        "why is it so expensive",
        "My son has type 2",
        "Please write to b@example.org about the dosing",
        "What if the number of doses is wrong?",
        "Sorry, I don't understand how it works",
        "No, really: how long does it take?",
        "yes but is it free",
    ],
)
def test_what_looks_like_a_command_is_a_question_to_the_clinic(text: str) -> None:
    play(at("question"), (text, "consent", {"question": text}))


def test_a_double_click_does_nothing() -> None:
    play(
        form.new(),
        ("Ana", "contact", {"contact_name": "Ana"}),
        ("Ana", "contact"),
        ("ana@example.org", "for_whom", {"email": "ana@example.org"}),
        ("My child", "patient_age", {"for_whom": "child"}),
        ("My child", "patient_age"),
        ("2", "diagnosis", {"patient_age": "24 months"}),
        ("skip", "sma_type"),
        ("2", "place", {"sma_type": "2", "diagnosis": "yes"}),
        ("Lisbon", "language", {"place": "Lisbon"}),
        ("Lisbon", "language"),
        ("English", "question", {"language": "English"}),
        ("No", "consent"),
        ("No", "consent"),  # said to the question before: it ends nothing
        ("I agree", "summary", {"consent_at": "*"}),
        ("I agree", "summary", "form_summary_help"),
        ("Send", "sent"),
    )
    play(
        at("consent"),
        ("Yes, cancel", "cancel"),
        ("No, go on", "consent", "form_going_on"),
        ("De acuerdo", "summary", {"consent_at": "*"}),
        ("De acuerdo", "summary", "form_summary_help"),
    )


def test_a_child_is_asked_for_an_adult_whose_consent_counts() -> None:
    gone = {"contact_name": None, "email": None, "for_whom": None}
    play(
        at("for_whom"),
        ("me", "patient_age", {"for_whom": "self"}),
        ("12", "contact_name", {**gone, "patient_age": "144 months"}, "invalid:underage_contact"),
    )
    data = at("summary", form.start(form.new(), "for me, I'm 34").data)
    play(
        data,
        (
            "actually I'm 14",
            "contact_name",
            {**gone, "patient_age": "168 months", "consent_at": None},
            "invalid:underage_contact",
        ),
        ("Maria Silva", "contact", {"contact_name": "Maria Silva"}),
        ("m@example.org", "for_whom", {"email": "m@example.org"}),
        ("my daughter", "consent", {"for_whom": "child"}),
    )


@pytest.mark.parametrize(
    ("text", "step", "changes"),
    [
        ("no wait, my e-mail is b@example.org", "contact", {"email": "b@example.org"}),
        ("the name is wrong, it's Eva", "contact_name", {"contact_name": "Eva"}),
        ("change the name to Eva", "contact_name", {"contact_name": "Eva"}),
        ("el nombre está mal, es Eva", "contact_name", {"contact_name": "Eva"}),
        ("名字错了，是李雷", "contact_name", {"contact_name": "李雷"}),
        ("actually he's 6", "patient_age", {"patient_age": "72 months"}),
        ("no, he is 8 months old", "patient_age", {"patient_age": "8 months"}),
        ("sorry, it's type 3", "sma_type", {"sma_type": "3"}),
        ("we live in Porto, Portugal", "place", {"place": "Porto, Portugal"}),
        ("please answer in English", "language", {"language": "English"}),
        ("it's for my nephew", "for_whom", {"for_whom": "other"}),
    ],
)
def test_corrections_wherever_the_form_is(text: str, step: str, changes: Dict[str, str]) -> None:
    for asked in ("consent", "summary"):
        play(at(asked), (text, asked, changes, f"form_changed:{step}"))
    if step not in ("place", "language", "for_whom"):
        play(at("question"), (text, "question", changes, f"form_changed:{step}"))


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("the phone is wrong", "contact"),
        ("Change: Contact", "contact"),
        ("Change: Name", "contact_name"),
        ("Cambiar: Nombre", "contact_name"),
        ("修改：姓名", "contact_name"),
        ("Change: For", "for_whom"),
        ("Change: Patient's age", "patient_age"),
        ("Cambiar: Edad del paciente", "patient_age"),
        ("修改：患者年龄", "patient_age"),
        ("Change: SMA diagnosed", "diagnosis"),
        ("Change: Type", "sma_type"),
        ("Change: Place", "place"),
        ("Change: Language", "language"),
        ("修改：联系方式", "contact"),
        ("the e-mail", "contact"),
        ("my age is wrong", "patient_age"),
    ],
)
def test_a_change_asks_again_and_skip_leaves_what_was_there(text: str, step: str) -> None:
    play(at("summary"), (text, step), ("skip", "summary"), ("yes", "sent"))


def test_a_change_of_what_is_agreed_or_asked() -> None:
    play(
        at("summary"),
        ("Change: Question", "question"),
        ("none", "summary", {"question": None}),
        ("Change: Agreement", "consent", {"consent_at": None}),
        ("yes", "summary", {"consent_at": "*"}),
    )


def test_one_contact_is_wrong_and_the_other_stays() -> None:
    play(
        at("for_whom"),
        ("my phone is +44 20 7946 0018", "for_whom", {"phone": "+442079460018"}),
        ("the phone is wrong", "contact"),
        ("+44 20 7946 0019", "for_whom", {"phone": "+442079460019"}),
        ("change the phone", "contact"),
        ("b@example.org", "for_whom", {"phone": None, "email": "b@example.org"}),
        ("what for?", "for_whom", "form_why_for_whom"),
    )


def test_one_of_two_contacts_can_be_removed() -> None:
    play(
        at("summary"),
        ("delete my phone", "contact"),  # there is none: which one then?
        ("+44 20 7946 0018", "summary", {"phone": "+442079460018"}),
        ("remove my e-mail", "summary", {"email": None}, "form_changed:contact"),
        ("remove my phone", "contact"),
        ("skip", "summary"),
    )


def test_what_is_to_be_changed_is_asked_until_it_is() -> None:
    play(
        at("summary"),
        ("the name is wrong", "contact_name"),
        ("change the place", "place"),
        ("Porto", "contact_name", {"place": "Porto"}),
        (
            "(asks) is b@example.org fine?",
            "contact_name",
            {"email": "b@example.org"},
            "form_changed:contact",
        ),
        ("Eva", "summary", {"contact_name": "Eva"}),
    )


def test_going_back_several_times_loses_nothing() -> None:
    play(
        at("language"),
        ("back", "place"),
        ("atrás", "sma_type"),
        ("上一步", "diagnosis"),
        ("go back", "patient_age"),
        ("6", "language", {"patient_age": "72 months"}),
        ("back", "place"),
        ("skip", "language"),
        ("English", "question", {"language": "English"}),
    )
    play(
        at("summary"),
        ("back", "consent", {"consent_at": None}),
        ("yes", "summary", {"consent_at": "*"}),
    )


def test_why_a_question_is_asked() -> None:
    for text, step in [
        ("why do you need my age?", "patient_age"),
        ("¿por qué necesitan mi edad?", "patient_age"),
        ("what for?", "place"),
        ("为什么", "place"),
    ]:
        play(at("place"), (text, "place", f"form_why_{step}"))
    play(at("question"), ("why?", "question", "form_why_question"))


@pytest.mark.parametrize(
    ("text", "changes", "asked"),
    [
        (
            "it's for my nephew, he is 11, type 3, write to family@example.org",
            {
                "for_whom": "other",
                "patient_age": "132 months",
                "sma_type": "3",
                "diagnosis": "yes",
                "email": "family@example.org",
            },
            "contact_name",
        ),
        (
            "Ana Silva ana@example.org +44 (20) 7946-0018",
            {"contact_name": "Ana Silva", "email": "ana@example.org", "phone": "+442079460018"},
            "for_whom",
        ),
        (
            "我叫李雷，邮箱是li@example.org，我女儿8个月大，SMA 1型，住在上海，说中文",
            {
                "contact_name": "李雷",
                "email": "li@example.org",
                "for_whom": "child",
                "patient_age": "8 months",
                "sma_type": "1",
                "diagnosis": "yes",
                "place": "上海",
                "language": "中文",
            },
            "question",
        ),
        (
            "Hola, me llamo Lucía y mi hijo de 8 meses tiene AME tipo 1",
            {
                "contact_name": "Lucía",
                "for_whom": "child",
                "patient_age": "8 months",
                "sma_type": "1",
                "diagnosis": "yes",
            },
            "contact",
        ),
        (
            "Ana Silva\nana@example.org\nmy child\n5 years",
            {
                "contact_name": "Ana Silva",
                "email": "ana@example.org",
                "for_whom": "child",
                "patient_age": "60 months",
            },
            "diagnosis",
        ),
        (
            "We live in Nairobi but speak Swahili",
            {"place": "Nairobi", "language": "Swahili"},
            "contact_name",
        ),
        (
            "I am 34 and my son is 2 and a half years old",
            {"for_whom": "child", "patient_age": "30 months"},
            "contact_name",
        ),
    ],
)
def test_several_answers_at_once(text: str, changes: Dict[str, str], asked: str) -> None:
    play(form.new(), (text, asked, changes))


def test_a_long_story_is_kept_and_proposed_as_the_question() -> None:
    story = (
        "Hello, my name is Maria and my daughter Lucia is 14 months old, she was diagnosed with SMA"
        " type 1 two months ago. We would like to know whether treatment is still worth it for her."
    )
    turn = play(
        form.new(),
        (
            story,
            "contact",
            {
                "contact_name": "Maria",
                "for_whom": "child",
                "patient_age": "14 months",
                "sma_type": "1",
                "diagnosis": "yes",
            },
        ),
        ("m@example.org", "place", {"email": "m@example.org"}),
        ("Lisbon", "language", {"place": "Lisbon"}),
        ("Portuguese", "question", {"language": "Portuguese"}),
    )
    assert turn.data is not None and turn.data["suggestion"] == story
    play(turn.data, ("Yes, add it", "consent", {"question": story}))
    play(turn.data, ("No", "question"), ("Is it free?", "consent", {"question": "Is it free?"}))
    play(turn.data, ("skip", "consent"))


def test_questions_in_between_take_only_what_is_sure() -> None:
    play(
        at("place"),
        ("(asks) does it work at 8 months, type 1, in Lisbon?", "place"),
        (
            "(asks) can you write to b@example.org?",
            "place",
            {"email": "b@example.org"},
            "form_changed:contact",
        ),
        ("(asks) can I change the phone?", "contact"),
        ("skip", "place"),
    )


def test_going_on_later() -> None:
    play(
        at("for_whom"),
        ("(later) hello", "resume"),
        ("hm", "resume"),
        ("Go on", "for_whom", "form_going_on"),
        ("(later) my child", "resume"),
        ("yes", "patient_age", {"for_whom": "child"}),
        ("(later) 5", "resume"),
        ("yes, type 2", "place", {"patient_age": "60 months", "diagnosis": "yes", "sma_type": "2"}),
        ("(later) I agree", "resume"),
        ("Lisbon", "language", {"place": "Lisbon"}),
        ("(later) (what?)", "resume"),
        ("no", "cancel"),
        ("no", "language", "form_going_on"),
        ("(later) cancel", "resume"),
        ("cancel", "cancel"),
        ("yes", "cancelled", "form_cancelled"),
    )


def test_what_came_before_an_interruption_is_no_consent() -> None:
    play(at("consent"), ("(later) I agree", "resume"), ("yes", "consent", "form_going_on"))
    play(at("summary"), ("(later) Send", "resume"), ("yes", "summary", "form_going_on"))


def test_starting_again() -> None:
    gone = {"contact_name": None, "email": None}
    play(at("for_whom"), ("(later) hi", "resume"), ("Start again", "contact_name", gone))
    play(
        at("for_whom"),
        ("start over", "resume"),
        ("start over", "resume"),
        ("yes", "for_whom", "form_going_on"),
    )


_EARLIER = {"contact_name": "Ana", "email": "a@example.org", "phone": ""}


@pytest.mark.parametrize(
    "script",
    [
        (("Yes, use the same", "for_whom", {"contact_name": "Ana", "email": "a@example.org"}),),
        (("no", "contact_name"), ("Bob", "contact", {"contact_name": "Bob"})),
        (("use something else", "reuse"), ("hm", "reuse"), ("back", "reuse")),
        (("Bob", "contact", {"contact_name": "Bob"}),),
        (("no, use b@example.org", "contact_name", {"email": "b@example.org"}),),
        (
            (
                "yes but my phone is +44 20 7946 0018",
                "for_whom",
                {"contact_name": "Ana", "email": "a@example.org", "phone": "+442079460018"},
            ),
        ),
        (("cancel", "cancel"), ("no", "reuse", "form_going_on"), ("no", "contact_name")),
        (("(later) hello", "resume"), ("yes", "reuse", "form_going_on")),
        (("(asks) is it free?", "reuse"),),
        (("Yes, cancel", "cancel"), ("no", "reuse", "form_going_on")),
    ],
)
def test_contact_details_of_an_earlier_request(script: Script) -> None:
    _played(form.new(reuse=_EARLIER), script)


def test_a_new_address_wins_over_the_earlier_one() -> None:
    turn = form.start(form.new(reuse=_EARLIER), "A consultation please, my e-mail is b@example.org")
    assert turn.ask == "reuse" and turn.data is not None
    play(turn.data, ("yes", "for_whom", {"contact_name": "Ana"}))


@pytest.mark.parametrize(
    "script",
    [
        (
            ("Van der Berg, Anna", "contact", {"contact_name": "Van der Berg, Anna"}),
            ("ana at example dot org", "contact", "invalid:contact_missing"),
            ("email: Anna@Example.org", "for_whom", {"email": "Anna@example.org"}),
            ("Someone else", "patient_age", {"for_whom": "other"}),
            ("newborn", "diagnosis", {"patient_age": "0 months"}),
            ("Suspected", "place", {"diagnosis": "suspected"}),
            ("I'm in Porto, Portugal", "language", {"place": "Porto, Portugal"}),
            ("both English and French", "question", {"language": "both English and French"}),
            ("nothing else", "consent"),
            ("ok", "summary", {"consent_at": "*"}),
            ("looks good", "sent"),
        ),
        (
            ("soy josé o'neil", "contact", {"contact_name": "josé o'neil"}),
            ("+34 912 345 678", "for_whom", {"phone": "+34912345678"}),
            ("para mi hija", "patient_age", {"for_whom": "child"}),
            ("un año y medio", "diagnosis", {"patient_age": "18 months"}),
            ("sí", "sma_type", {"diagnosis": "yes"}),
            ("tipo dos", "place", {"sma_type": "2"}),
            ("Madrid, España", "language", {"place": "Madrid, España"}),
            ("español", "question", {"language": "español"}),
            ("¿Cuánto dura?", "consent", {"question": "¿Cuánto dura?"}),
            ("sí, acepto", "summary", {"consent_at": "*"}),
            ("enviar", "sent"),
        ),
        (
            ("李雷", "contact", {"contact_name": "李雷"}),
            (
                "我的邮箱是li@example.org，电话+86 138 1234 5678",
                "for_whom",
                {"email": "li@example.org", "phone": "+8613812345678"},
            ),
            ("我自己", "patient_age", {"for_whom": "self"}),
            ("三十五岁", "diagnosis", {"patient_age": "420 months"}),
            ("确诊了", "sma_type", {"diagnosis": "yes"}),
            ("不知道", "place", {"sma_type": "unknown"}),
            ("我在上海", "language", {"place": "上海"}),
            ("普通话", "question", {"language": "普通话"}),
            ("没有问题", "consent"),
            ("好的，同意", "summary", {"consent_at": "*"}),
            ("发送", "sent"),
        ),
    ],
)
def test_a_whole_form(script: Script) -> None:
    turn = play(form.new(), *script)
    assert turn.data is not None
    validate({**turn.data["values"], "consent_version": form.CONSENT_VERSION})
