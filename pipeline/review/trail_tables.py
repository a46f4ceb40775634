"""The tables of the trail, and the triggers by which the database itself refuses to change what is there.

A row is a line of the chain as it was hashed, so that nothing a database does to numbers, times or letters can touch
it; the columns beside it are its number and the workspace whose chain it belongs to, as a team keeps many in one
database. Triggers refuse to change or remove a line, to leave a number out, and to add to a chain that was moved to
another place. Whoever owns the database can remove the triggers; then the chain of hashes tells.
"""

from __future__ import annotations

from sqlalchemy import DDL, BigInteger, Column, Connection, MetaData, Table, Text, event, text

META = MetaData()
TRAIL = Table(
    "sohoa_trail",
    META,
    Column("workspace", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("line", Text, nullable=False),
)
MOVED = Table(
    "sohoa_trail_moved",
    META,
    Column("workspace", Text, primary_key=True),
    Column("place", Text, nullable=False),
)

_REFUSED = "the trail is only added to, line by line"
_MISPLACED = (
    "NEW.number <> 1 + (SELECT coalesce(max(number), 0) FROM sohoa_trail WHERE workspace = NEW.workspace) "
    "OR EXISTS (SELECT 1 FROM sohoa_trail_moved WHERE workspace = NEW.workspace)"
)
# The check of what is inserted is also what stops INSERT OR REPLACE, which removes without telling any DELETE trigger.
SQLITE_GUARDS = [
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
        for table in ("sohoa_trail", "sohoa_trail_moved")
        for verb in ("UPDATE", "DELETE")
    ),
    f"CREATE TRIGGER sohoa_trail_in_order BEFORE INSERT ON sohoa_trail WHEN {_MISPLACED} "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END",
    "CREATE TRIGGER sohoa_trail_moved_once BEFORE INSERT ON sohoa_trail_moved "
    "WHEN EXISTS (SELECT 1 FROM sohoa_trail_moved WHERE workspace = NEW.workspace) "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END",
]
POSTGRESQL_GUARDS = [
    "CREATE FUNCTION sohoa_trail_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$",
    "CREATE FUNCTION sohoa_trail_order() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF {_MISPLACED} THEN RAISE EXCEPTION '{_REFUSED}'; END IF; RETURN NEW; END $$",
    *(
        f"CREATE TRIGGER {table}_no_{name} BEFORE {verbs} ON {table} FOR EACH {each} EXECUTE FUNCTION sohoa_trail_refuse()"
        for table in ("sohoa_trail", "sohoa_trail_moved")
        for name, verbs, each in (
            ("change", "UPDATE OR DELETE", "ROW"),
            ("truncate", "TRUNCATE", "STATEMENT"),
        )
    ),
    "CREATE TRIGGER sohoa_trail_in_order BEFORE INSERT ON sohoa_trail FOR EACH ROW EXECUTE FUNCTION sohoa_trail_order()",
]
for _dialect, _guards in (("sqlite", SQLITE_GUARDS), ("postgresql", POSTGRESQL_GUARDS)):
    for _guard in _guards:
        _statement = DDL(_guard)  # type: ignore[no-untyped-call]
        event.listen(META, "after_create", _statement.execute_if(dialect=_dialect))


def guards_missing(connection: Connection) -> list[str]:
    """Return the names of the triggers that are not there, or are switched off."""
    if connection.dialect.name == "sqlite":
        guards, asked = SQLITE_GUARDS, "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        guards = POSTGRESQL_GUARDS
        asked = (
            "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' "
            "AND tgrelid IN ('sohoa_trail'::regclass, 'sohoa_trail_moved'::regclass)"
        )
    wanted = {words[2] for guard in guards if (words := guard.split())[1] == "TRIGGER"}
    return sorted(wanted - set(connection.scalars(text(asked))))
