"""What the search benchmark asks: 60 queries in six languages, and 8 searches by filters alone."""

import random
import re
import sqlite3
from collections import Counter
from pathlib import Path

LANGUAGES = ["en", "fr", "es", "ru", "ar", "zh"]
KINDS = ["selective", "broad", "several", "phrase", "prefix"]


def questions(home: Path) -> list[tuple[str, str, dict[str, list[str]]]]:
    """(kind, query, filters): words and phrases as they stand in the texts of this collection, the same at every run."""
    base = sqlite3.connect(home / "mutabaa.sqlite3")
    r = random.Random(11)
    pick = {
        "body": [c for (c,) in base.execute("SELECT m.code FROM recommendations_recommendation JOIN mechanisms_mechanism m ON m.id = mechanism_id GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 5")],
        "year": [str(y) for (y,) in base.execute("SELECT year FROM recommendations_recommendation WHERE year IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 5")],
        "theme": [c for (c,) in base.execute("SELECT t.code FROM recommendations_recommendation_themes JOIN taxonomy_theme t ON t.id = theme_id GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 5")],
    }  # fmt: skip
    out: list[tuple[str, str, dict[str, list[str]]]] = []
    n = 0
    for language in LANGUAGES:
        rows = base.execute(
            "SELECT text FROM recommendations_recommendation WHERE language = ? ORDER BY id LIMIT 4000", [language]
        )
        texts = r.sample([text for (text,) in rows], 300)
        word = r"[\u4e00-\u9fff]{2}" if language == "zh" else r"[^\W\d_]{4,}"
        heads = Counter(w for text in texts for w in set(re.findall(word, text)))
        common, rare = [w for w, _n in heads.most_common(8)], sorted(w for w, n in heads.items() if n == 1)
        for turn in range(2):
            source = r.choice(texts)
            words = re.findall(word, source)
            if language == "zh":
                phrase = re.findall(r"[\u4e00-\u9fff]{4}", source)[0]
            else:
                phrase = " ".join(re.findall(r"[^\W\d_]+", source)[2:4])
            for kind, query in (
                ("selective", r.choice(rare)),
                ("broad", common[turn]),
                ("several", " ".join(r.sample(words, 2))),
                ("phrase", f'"{phrase}"'),
                ("prefix", words[0][: 2 if language == "zh" else 5] + "*"),
            ):
                chosen = list(pick)[: n % 4]
                out.append((kind, query, {key: [r.choice(pick[key][:2])] for key in chosen}))
                n += 1
    states = [
        c
        for (c,) in base.execute(
            "SELECT state_id FROM recommendations_recommendation GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 4"
        )
    ]
    for filters in (
        {"body": [pick["body"][0]]}, {"state": [states[0]]}, {"year": [pick["year"][0]]}, {"theme": [pick["theme"][0]]},
        {"state": states[1:3], "year": pick["year"][:2]}, {"body": pick["body"][:2], "theme": pick["theme"][:2]},
        {"theme": [pick["theme"][1]], "year": [pick["year"][1]], "body": [pick["body"][1]]}, {},
    ):  # fmt: skip
        out.append(("filters", "", filters))
    return out
