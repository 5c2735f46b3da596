"""How hits are ranked: every weight of every engine, and why. An engine turns them into its own query.

Within one unit of the question:

    the topic of the document    TOPIC; half of it for a narrower topic, a quarter for one beside it: a thing that is
                                 *about* what was asked comes first
    the page of that very topic  TOPIC_PAGE on top, not for narrower topics and those beside it: it says what the thing
                                 is, and leads to all about it
    the visitor's own words      BM25, title before lead before body before what was spoken, plus OWN_WORDS (not for
                                 small words, which may be missing)
    the thesaurus' other words   a fixed score by field; all fields together stay below OWN_WORDS, however rare they are

and the whole is multiplied by SIGNPOST for a topic or an organisation: their short texts would score high, but what
answers a question is a method, project, recording, dossier or page.

When hardly anything has enough of the question's words, what has any of them answers too; ENOUGH, more than all the
rest together, then keeps those that have enough of them before it.

NAME is more than all of that: what the question calls by its name comes first, whatever else it holds.

Fixed scores for other words because BM25 would let one rare foreign word overtake the word that was typed. OWN_WORDS is
also what makes a thing with two words of the question better than one with a single rare word.

The figures were found with `manage.py search evaluate` (docs/search.md): with TOPIC at 1.6, below any BM25, nDCG@10 was
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
NEAR = 0.5
WHOLE_PHRASE = 2.0
OTHER_READERS_LANGUAGE = 0.8
FOLDED_BOOST = 0.6
TIE = 0.1  # what the other fields add to the best one


@dataclass(frozen=True)
class Strength:
    """Of one sort of text: what BM25 is multiplied by for own words, and the fixed score of other words."""

    text: str
    own: float
    other: float


THING = (
    Strength("title", 2.0, 1.7),
    Strength("lead", 1.5, 1.0),
    Strength("body", 1.0, 0.7),
    Strength("spoken", 0.7, 0.5),
)
CUE = Strength("text", 1.0, 0.6)
