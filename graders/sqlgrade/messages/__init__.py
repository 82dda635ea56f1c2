"""Sentences for everything the judge says, in Japanese and English."""

from sqlgrade.messages.catalogue import LANGUAGES, keys, placeholders, render
from sqlgrade.messages.sentences import (
    error_sentences,
    finding_sentences,
    further_place,
    further_sentences,
    mistake_sentence,
    place_sentences,
    remark_sentence,
    values_told,
    verdict_sentences,
)

__all__ = [
    "LANGUAGES",
    "error_sentences",
    "finding_sentences",
    "further_place",
    "further_sentences",
    "keys",
    "mistake_sentence",
    "place_sentences",
    "placeholders",
    "remark_sentence",
    "render",
    "values_told",
    "verdict_sentences",
]
