"""Makes search/ordinary/*.txt anew: `python tests/search/make_word_lists.py`, from wordfreq's 50,000 words a language."""

import sys
from pathlib import Path

import wordfreq

ROOT = Path(__file__).parents[2]
MOST = 50_000
SHORTEST = 5  # shorter ones are never corrected


def main() -> None:
    sys.path.insert(0, str(ROOT))
    from search.ordinary import FOLDER, LANGUAGES
    from search.words import fold

    for language in LANGUAGES:
        words: dict[str, str] = {}
        for word in wordfreq.top_n_list(language, MOST):
            folded = fold(word)
            if folded.isalpha() and len(folded) >= SHORTEST:
                words.setdefault(folded, word)
        lines = (folded if word == folded else f"{folded} {word}" for folded, word in sorted(words.items()))
        (FOLDER / f"{language}.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
