"""Plain-word error messages, made from a field's label and kind.

A message that the developer gave the field stays; only Django's defaults are replaced.
"""

from __future__ import annotations

from django import forms

# The longest text a field takes when nothing else limits it: about three pages.
LONGEST_TEXT = 10_000
# What a four-byte database integer holds.
LARGEST_INTEGER = 2_147_483_647

# What an error message calls a list of choices.
OFFERED = "from the list"

# What a decimal field counts, by the code of Django's error.
DIGITS = {
    "max_digits": "digits",
    "max_decimal_places": "digits after the decimal point",
    "max_whole_digits": "digits before the decimal point",
}

CHOSEN = (forms.ChoiceField, forms.ModelChoiceField)

# A label that starts with one of these takes no article: "your job title", "why you cannot come".
TAKES_NO_ARTICLE = frozenset(
    {
        "a",
        "all",
        "an",
        "any",
        "each",
        "every",
        "how",
        "my",
        "our",
        "that",
        "the",
        "their",
        "this",
        "what",
        "when",
    }
    | {"where", "whether", "which", "who", "whose", "why", "your"}
)


def mid_sentence(label: str) -> str:
    """A label as it reads inside a sentence: "Email address" to "email address", "PO number" as it is."""
    first = label.split(" ", 1)[0]
    is_acronym = len(first) > 1 and first != first.capitalize()
    return label if is_acronym or not label else label[0].lower() + label[1:]


def with_article(label: str) -> str:
    """A label as the object of a sentence: "Reason" to "the reason", "Your name" to "your name"."""
    first = label.split(" ", 1)[0].lower()
    text = mid_sentence(label)
    return text if first in TAKES_NO_ARTICLE else f"the {text}"


def required_message(field: forms.Field, label: str) -> str:
    """What to do about a field left empty."""
    verb = "Enter"
    if isinstance(field, CHOSEN) or isinstance(field.widget, forms.Select):
        verb = "Select"
    elif isinstance(field, forms.FileField):
        verb = "Choose a file for"
    elif isinstance(field, forms.BooleanField):
        return f"Select “{label}” to continue"
    if label.rstrip().endswith("?"):
        return f"{'Select' if verb == 'Select' else 'Enter'} an answer to “{label}”"
    return f"{verb} {with_article(label)}"


def plain_messages(field: forms.Field, label: str) -> dict[str, str]:
    """The messages that replace Django's, by error code."""
    name = label if not label.rstrip().endswith("?") else "Your answer"
    messages = {
        "required": required_message(field, label),
        "max_length": f"{escape_percent(name)} must be %(limit_value)d characters or fewer",
        "min_length": f"{escape_percent(name)} must be %(limit_value)d characters or more",
        "max_value": f"{escape_percent(name)} must be %(limit_value)s or less",
        "min_value": f"{escape_percent(name)} must be %(limit_value)s or more",
        "null_characters_not_allowed": f"{name} must not contain hidden control characters",
        "item_invalid": "Entry %(nth)s:",
    }
    for code, places in DIGITS.items():
        messages[code] = f"{escape_percent(name)} must have no more than %(max)s {places}"
    messages["invalid"] = f"{name} must be in the correct format"
    if isinstance(field, forms.EmailField):
        messages["invalid"] = "Enter an email address in the correct format, like name@example.org"
    elif isinstance(field, forms.IntegerField):
        messages["invalid"] = f"{name} must be a {'whole ' if is_whole(field) else ''}number"
    elif isinstance(field, (forms.DateField, forms.DateTimeField, forms.TimeField)):
        kind = "time" if isinstance(field, forms.TimeField) else "date"
        messages["invalid"] = f"{name} must be a real {kind}"
    elif isinstance(field, CHOSEN):
        messages["invalid_choice"] = f"Select {escape_percent(with_article(name))} {OFFERED}"
    return messages


def escape_percent(text: str) -> str:
    """Validators put numbers into the message with %, so a label's own % is doubled."""
    return text.replace("%", "%%")


def is_whole(field: forms.IntegerField) -> bool:
    """Decimal and float fields are subclasses of the integer one."""
    return not isinstance(field, (forms.FloatField, forms.DecimalField))


def default_messages(field: forms.Field) -> dict[str, object]:
    """The messages Django would use for a field of this class."""
    found: dict[str, object] = {}
    for kind in reversed(type(field).__mro__):
        found.update(getattr(kind, "default_error_messages", {}))
    return found


def use_plain_words(field: forms.Field, label: str) -> None:
    """Give a field our messages wherever it still has Django's."""
    from_django = type(field).__module__.startswith("django.")
    defaults = default_messages(field)
    for code, message in plain_messages(field, label).items():
        standing = field.error_messages.get(code)
        is_default = standing is None or standing == defaults.get(code)
        if is_default and (from_django or code in {"required", "null_characters_not_allowed"}):
            field.error_messages[code] = message
    for part in parts_of(field) if from_django else ():
        use_plain_words(part, label)


def parts_of(field: forms.Field) -> list[forms.Field]:
    """The fields that a field is made of: a date and a time, or the entries of a list."""
    entry = getattr(field, "base_field", None)
    return [*getattr(field, "fields", ()), *([entry] if isinstance(entry, forms.Field) else [])]
