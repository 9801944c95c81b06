"""The plain alternatives to the index: SQLite's FTS5, LIKE, and PostgreSQL with a GIN index, facets counted in SQL."""

import sqlite3
from pathlib import Path
from typing import Any

SINGLE = ["state", "body", "type", "position", "year"]
SEVERAL = ["theme", "grp", "sdg", "by"]
FLAT = """
SELECT r.id, r.text, r.state_id, m.code, r.kind, r.position, r.year, r.published_on
FROM recommendations_recommendation r JOIN mechanisms_mechanism m ON m.id = r.mechanism_id WHERE NOT r.withdrawn AND r.visibility = 'public'
"""
LINKS = {
    "theme": "SELECT l.recommendation_id, t.code FROM recommendations_recommendation_themes l JOIN taxonomy_theme t ON t.id = l.theme_id",
    "grp": "SELECT l.recommendation_id, t.code FROM recommendations_recommendation_groups l JOIN taxonomy_affectedgroup t ON t.id = l.affectedgroup_id",
    "sdg": "SELECT l.recommendation_id, t.code FROM recommendations_recommendation_sdgs l JOIN taxonomy_sdg t ON t.id = l.sdg_id",
    "by": "SELECT recommendation_id, state_id FROM recommendations_recommendation_recommending_states",
}


class Alternative:
    """A search in SQL: flat records, a table per facet of several values, each facet counted without its own filter."""

    mark = "?"

    def run(self, sql: str, values: list[Any]) -> list[Any]:
        raise NotImplementedError

    def matched(self, query: str) -> None:
        """Fill the table `m` with the records that match, and their rank."""
        raise NotImplementedError

    def passages(self, query: str, ids: list[int]) -> None:
        raise NotImplementedError

    def conditions(self, filters: dict[str, list[str]], without: str = "") -> tuple[str, list[str]]:
        parts, values = ["true"], []
        for key, codes in filters.items():
            if key == without:
                continue
            marks = ", ".join([self.mark] * len(codes))
            if key in SINGLE:
                parts.append(f'CAST(rec."{key}" AS TEXT) IN ({marks})')
            else:
                parts.append(f'EXISTS (SELECT 1 FROM "l_{key}" x WHERE x.rec = rec.id AND x.code IN ({marks}))')
            values += codes
        return " AND ".join(parts), values

    def ask(self, query: str, filters: dict[str, list[str]]) -> int:
        source = "rec"
        if query:
            self.matched(query)
            source = "m CROSS JOIN rec ON rec.id = m.id" if self.mark == "?" else "m JOIN rec ON rec.id = m.id"
        where, values = self.conditions(filters)
        total = int(self.run(f"SELECT count(*) FROM {source} WHERE {where}", values)[0][0])
        order = "m.score, rec.on_day DESC" if query else "rec.on_day DESC"
        ids = [
            row[0] for row in self.run(f"SELECT rec.id FROM {source} WHERE {where} ORDER BY {order} LIMIT 25", values)
        ]
        if query:
            self.passages(query, ids)
        for key in SINGLE:
            where, values = self.conditions(filters, key)
            self.run(f'SELECT rec."{key}", count(*) FROM {source} WHERE {where} GROUP BY 1', values)
        join = (
            "CROSS JOIN" if self.mark == "?" and query else "JOIN"
        )  # in SQLite: keeps the order, the small table first
        for key in SEVERAL:
            where, values = self.conditions(filters, key)
            self.run(
                f'SELECT l.code, count(*) FROM {source} {join} "l_{key}" l ON l.rec = rec.id WHERE {where} GROUP BY 1',
                values,
            )
        return total


class Sqlite(Alternative):
    def __init__(self, home: Path, fts: bool) -> None:
        self.fts = fts
        self.base = sqlite3.connect(home / "alternative.sqlite3")
        if not self.base.execute("SELECT count(*) FROM sqlite_master WHERE name = 'rec'").fetchone()[0]:
            self.fill(home)
        self.base.execute("PRAGMA cache_size = -200000")
        self.base.execute("PRAGMA temp_store = MEMORY")

    def fill(self, home: Path) -> None:
        base = self.base
        base.execute("ATTACH ? AS product", [str(home / "mutabaa.sqlite3")])
        base.execute(
            "CREATE TABLE rec (id INTEGER PRIMARY KEY, text TEXT, state TEXT, body TEXT, type TEXT, position TEXT, year INTEGER, on_day TEXT)"
        )
        base.execute(f"INSERT INTO rec {FLAT}")
        for key in ("state", "body", "year", "on_day"):
            base.execute(f'CREATE INDEX "i_{key}" ON rec ("{key}")')
        for key, sql in LINKS.items():
            base.execute(f'CREATE TABLE "l_{key}" (rec INTEGER, code TEXT, PRIMARY KEY (rec, code)) WITHOUT ROWID')
            base.execute(f'INSERT OR IGNORE INTO "l_{key}" {sql}')
        base.execute(
            "CREATE VIRTUAL TABLE fts USING fts5(text, content='rec', content_rowid='id', tokenize=\"unicode61 remove_diacritics 2\")"
        )
        base.execute("INSERT INTO fts(fts) VALUES ('rebuild')")
        base.commit()
        base.execute("ANALYZE")

    def run(self, sql: str, values: list[Any]) -> list[Any]:
        return self.base.execute(sql, values).fetchall()

    def matched(self, query: str) -> None:
        self.base.execute("DROP TABLE IF EXISTS temp.m")
        self.base.execute("CREATE TEMP TABLE m (id INTEGER PRIMARY KEY, score)")
        if self.fts:
            self.base.execute("INSERT INTO m SELECT rowid, rank FROM fts WHERE fts MATCH ?", [query])
        else:
            wanted = [query.strip('"')] if query.startswith('"') else query.replace("*", "").split()
            where = " AND ".join(["text LIKE ?"] * len(wanted))
            self.base.execute(f"INSERT INTO m SELECT id, 0 FROM rec WHERE {where}", [f"%{w}%" for w in wanted])
        self.base.execute("ANALYZE temp.m")  # else the planner takes it for a large one

    def passages(self, query: str, ids: list[int]) -> None:
        if self.fts and ids:
            marks = ", ".join("?" * len(ids))
            sql = f"SELECT rowid, snippet(fts, 0, '[', ']', '…', 30) FROM fts WHERE fts MATCH ? AND rowid IN ({marks})"
            self.base.execute(sql, [query, *ids]).fetchall()


class Postgres(Alternative):
    mark = "%s"

    def __init__(self, url: str, home: Path) -> None:
        import psycopg

        self.base = psycopg.connect(url, autocommit=True)
        source = sqlite3.connect(home / "mutabaa.sqlite3")
        run = self.base.execute
        run(
            "CREATE TABLE rec (id int PRIMARY KEY, text text, state text, body text, type text, position text, year int, on_day date)"
        )
        with self.base.cursor().copy("COPY rec FROM STDIN") as copy:
            for row in source.execute(FLAT):
                copy.write_row(row)
        run("ALTER TABLE rec ADD words tsvector GENERATED ALWAYS AS (to_tsvector('simple', text)) STORED")
        run("CREATE INDEX ON rec USING gin (words)")
        for key in ("state", "body", "year", "on_day"):
            run(f'CREATE INDEX ON rec ("{key}")')
        for key, sql in LINKS.items():
            run(f'CREATE TABLE "l_{key}" (rec int, code text)')
            with self.base.cursor().copy(f'COPY "l_{key}" FROM STDIN') as copy:
                for row in source.execute(sql):
                    copy.write_row(row)
            run(f'CREATE INDEX ON "l_{key}" (rec, code)')
        run("ANALYZE")

    def run(self, sql: str, values: list[Any]) -> list[Any]:
        return self.base.execute(sql, values).fetchall()  # type: ignore[arg-type]

    def words(self, query: str) -> tuple[str, str]:
        if query.startswith('"'):
            return "phraseto_tsquery('simple', %s)", query.strip('"')
        if query.endswith("*"):
            return "to_tsquery('simple', %s)", f"'{query[:-1]}':*"
        return "plainto_tsquery('simple', %s)", query

    def matched(self, query: str) -> None:
        made, words = self.words(query)
        self.base.execute("DROP TABLE IF EXISTS m")
        self.base.execute(
            f"CREATE TEMP TABLE m AS SELECT id, -ts_rank(words, q) AS score FROM rec, {made} q WHERE words @@ q",
            [words],
        )
        self.base.execute("ANALYZE m")

    def passages(self, query: str, ids: list[int]) -> None:
        made, words = self.words(query)
        self.base.execute(
            f"SELECT id, ts_headline('simple', text, {made}) FROM rec WHERE id = ANY(%s)", [words, ids]
        ).fetchall()
