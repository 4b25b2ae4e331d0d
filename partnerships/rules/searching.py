"""How a search text is read: apostrophes, accents, capitals and punctuation make no difference."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

APOSTROPHES = re.compile("['’‘ʼ`´＇]")
WORD = re.compile(
    r"[^\W_ː]+"
)  # the mark of a long vowel would become a colon, which has a meaning in a query
MOST_WORDS = 12
SHORTEST_BEGINNING = (
    3  # letters; a shorter word has to be met whole: "GP" is not the beginning of "GPS"
)


def search_words(text: str) -> tuple[str, ...]:
    """The words of a search text: “Parents’ rights” gives parents and rights.

    An apostrophe is left out, so that O’Brien, O'Brien and OBrien are the same word, as ``plain_text`` does in the
    database. Accents are left to the database, which has the longer list.
    """
    whole = APOSTROPHES.sub("", unicodedata.normalize("NFKC", text)).lower()
    return tuple(WORD.findall(whole)[:MOST_WORDS])


def text_query(words: Sequence[str]) -> str:
    """All of the words, in the language of PostgreSQL's ``to_tsquery``; a longer one may be the beginning of a word."""
    return " & ".join(f"{word}:*" if len(word) >= SHORTEST_BEGINNING else word for word in words)


def plain(text: str) -> str:
    """Lower case, without accents and apostrophes, for lists that are searched without the database."""
    apart = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text).casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
