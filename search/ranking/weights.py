"""How hits are ranked: every weight of every engine, and why. An engine puts them into its own query.

The score of one unit of the question is the sum of:

    TOPIC         the document is filed under the topic, or under one near it (half for a narrower topic, a quarter for
                  a neighbour): a thing that is about what was asked comes first
    TOPIC_PAGE    the document is the page of that very topic: it says what the topic is, and leads to all about it
    own words     BM25 of the visitor's own words, the title before the lead before the body before what was spoken,
                  plus OWN_WORDS (not for stop words and filler words, which may be missing)
    synonyms      a fixed score by field; all fields together stay below OWN_WORDS, however rare the words are

The whole is multiplied by SIGNPOST for a topic, an organisation or a city: their short texts would score high, but what
answers a question is a method, project, recording, dossier or page.

When hardly anything has enough of the question's words, what has any of them answers too. ENOUGH, which is more than
all the rest together, then keeps those that have enough of them before it.

NAME is more than all of that: what the question calls by its name comes first, whatever else it holds.

Synonyms have fixed scores because with BM25 one rare foreign word would overtake the word that was typed. OWN_WORDS is
also what makes a document with two words of the question better than one with a single rare word.

The values were found with `manage.py search evaluate` (docs/search.md): with TOPIC at 1.6, below any BM25, nDCG@10 was
0.80; at 8 to 12 it is 0.86 to 0.88, in every language. A title that counted four times let one word of the question
that happens to be in a title win from things about it; twice is better.
"""

from dataclasses import dataclass

OWN_WORDS = 4.0
TOPIC = 12.0
TOPIC_PAGE = 8.0
SIGNPOST = 0.4
SIGNPOSTS = ("topic", "organisation", "city")
ENOUGH = 1000.0
NAME = 2000.0
COMPOUND = 0.5
NEAR_WORD = 0.5
WHOLE_PHRASE = 2.0
OTHER_LANGUAGE = 0.8  # of a text in another language than the visitor's
FOLDED_BOOST = 0.6
TIE_BREAKER = 0.1  # what the other fields add to the best one


@dataclass(frozen=True)
class FieldWeights:
    """The weights of one field: what BM25 is multiplied by for own words, and the fixed score of synonyms."""

    field: str
    own_words: float
    synonyms: float


THING = (
    FieldWeights("title", 2.0, 1.7),
    FieldWeights("lead", 1.5, 1.0),
    FieldWeights("body", 1.0, 0.7),
    FieldWeights("spoken", 0.7, 0.5),
)
CUE = FieldWeights("text", 1.0, 0.6)
