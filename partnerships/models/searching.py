"""Searching as people type, in SQL: whatever apostrophe, accent or capital letter they use.

``plain_text`` and ``word_vector`` are functions in the database (migration 0006).
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import CharField, Func, Q, TextField, Value
from django.db.models.lookups import Contains

from partnerships.rules.searching import search_words, text_query

LANGUAGE = "english"


class PlainText(Func):
    """A text in lower case, without accents and apostrophes."""

    function = "plain_text"
    output_field = TextField()


class PlainVector(Func):
    """The stems of the words of a text, for a search."""

    function = "word_vector"
    output_field = SearchVectorField()


class Together(Func):
    """Several columns as one text. A column without a value adds nothing."""

    function = "concat_ws"
    template = "%(function)s(' ', %(expressions)s)"
    output_field = TextField()


@CharField.register_lookup
@TextField.register_lookup
class Spelt(Contains):
    """``full_name__spelt="zoe"`` finds Zoë: contains the text, whatever accents and apostrophes either has."""

    lookup_name = "spelt"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, lhs_params = self.process_lhs(compiler, connection)
        rhs, rhs_params = self.process_rhs(compiler, connection)
        return f"plain_text({lhs}) LIKE plain_text({rhs})", (*lhs_params, *rhs_params)


def spelt(text: str, *paths: str) -> Q:
    """Every word of a search text is in one of these columns. The one way in which people are looked for by name."""
    found = Q()
    for word in text.split():
        one = Q()
        for path in paths:
            one |= Q(**{f"{path}__spelt": word})
        found &= one
    return found


def searched(text: str) -> SearchQuery:
    """A search text as a query of full text search. Without a word in it, it finds nothing."""
    words = PlainText(Value(text_query(search_words(text))))
    return SearchQuery(words, config=LANGUAGE, search_type="raw")
