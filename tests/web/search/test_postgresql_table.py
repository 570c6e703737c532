"""What only the table of PostgreSQL does."""

from __future__ import annotations

import pytest
from django.db import connection
from search_entries import make_entry as entry

from gongkai_web.search.backend import Query
from gongkai_web.search.postgresql_backend import PostgresqlBackend
from gongkai_web.search.postgresql_schema import TABLE, execute, fetch, grams, grams_of_term, parted

needs_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="name a PostgreSQL in GONGKAI_DATABASE_URL"
)


def built(*entries: object) -> PostgresqlBackend:
    backend = PostgresqlBackend()
    with backend.rebuild() as building:
        building.add(entries)  # type: ignore[arg-type]
        building.complete()
        building.switch()
    return backend


def test_grams_are_characters_and_pairs_each_once_in_order() -> None:
    assert grams("") == []
    assert grams("aba") == [97, 98, 97 << 21 | 98, 98 << 21 | 97]
    assert grams("𠮷𠮷") == [0x20BB7, 0x20BB7 << 21 | 0x20BB7]


def test_a_term_is_its_pairs_and_a_single_character_itself() -> None:
    assert grams_of_term("a") == [97]
    assert grams_of_term("ab") == [97 << 21 | 98]


def test_grams_are_parted_into_pairs_and_characters() -> None:
    assert parted(grams("ab")) == ([97 << 21 | 98], [97, 98])


@needs_postgresql
@pytest.mark.django_db
def test_the_tables_of_earlier_layouts_go_with_the_switch() -> None:
    execute("CREATE TABLE search_entry_v1 (id bigint)")
    built(entry(1, "防疫"))
    names = fetch("SELECT tablename FROM pg_tables WHERE tablename ~ '^search_entry'")
    assert names == [(TABLE,)]


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_indexes_are_made_side_by_side_and_answer_alike() -> None:
    backend = built(
        entry(1, "公共卫生", document_number="某发〔2024〕1号"), entry(2, "水利", "公共卫生"), entry(3, "公共")
    )
    try:
        assert [hit.id for hit in backend.query(Query(terms=("公共卫生",))).hits] == [1, 2]
        assert [hit.id for hit in backend.query(Query(terms=("生",))).hits] == [1, 2]
        indexed = fetch("SELECT count(*) FROM pg_indexes WHERE tablename = %s", [TABLE])
        assert indexed == [(6,)]
    finally:
        execute(f"DROP TABLE {TABLE}")


@needs_postgresql
@pytest.mark.django_db
def test_a_question_leaves_the_settings_of_its_transaction_as_they_were() -> None:
    backend = built(entry(1, "防疫"))
    assert [hit.id for hit in backend.query(Query(terms=("防疫",))).hits] == [1]
    assert fetch("SELECT current_setting('enable_seqscan'), current_setting('jit')") == [("on", "on")]


@needs_postgresql
@pytest.mark.django_db
def test_a_word_of_every_text_is_looked_up_without_reading_the_texts() -> None:
    built(*(entry(number, "通知", "卫生" + "防疫" * 900) for number in range(1, 200)))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_relation_size('{TABLE}') / 8192")
        (pages,) = cursor.fetchone() or (0,)
    assert pages < 12  # of 199 items: their texts alone would fill fifty
