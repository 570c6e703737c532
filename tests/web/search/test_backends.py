"""What both implementations answer alike."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

import pytest
from search_entries import make_entry as entry

from gongkai_web.search import tantivy_answers
from gongkai_web.search.backend import Entry, Query, RebuildRunning, SearchBackend, SearchUnavailable
from gongkai_web.search.parsing import terms_of

Fill = Callable[..., None]
Ask = Callable[..., list[int]]
HUNDREDS = 300


def test_a_word_of_two_characters_is_found_in_title_and_text(fill: Fill, ask: Ask) -> None:
    fill(entry(1, "卫生工作要点"), entry(2, "通知", "加强公共卫生管理"), entry(3, "水利", "生卫"))
    assert ask("卫生") == [1, 2]


def test_every_term_is_required(fill: Fill, ask: Ask) -> None:
    fill(entry(1, "防疫通知"), entry(2, "防疫", "关于演练的通知"), entry(3, "通知"))
    assert sorted(ask("防疫 通知")) == [1, 2]


def test_a_longer_term_is_found_only_where_it_stands_whole(fill: Fill, ask: Ask) -> None:
    fill(entry(1, "公共卫生"), entry(2, "公共事业", "共卫队，卫生"))
    assert ask("公共卫生") == [1]


def test_the_count_of_a_longer_term_is_exact_and_so_are_its_facets(fill: Fill, backend: SearchBackend) -> None:
    fill(entry(1, "公共卫生"), entry(2, "公共事业", "共卫队，卫生", agency=2))
    found = backend.query(Query(terms=("公共卫生",)))
    assert (found.total, found.exact, dict(found.facets.agencies)) == (1, True, {1: 1})


def test_a_single_character_is_found(fill: Fill, ask: Ask) -> None:
    fill(entry(1, "防疫"), entry(2, "水利", "抗洪"), entry(3, "疫"))
    assert ask("疫") == [3, 1]


def test_a_single_character_beside_a_word_is_required_too(fill: Fill, ask: Ask) -> None:
    fill(entry(1, "防疫", "抗洪"), entry(2, "防疫"), entry(3, "抗洪"), entry(4, "抗洪防疫"))
    assert ask("防疫 洪") == [4, 1]
    assert ask("防疫 洪", title_only=True) == [4]


@pytest.mark.parametrize(
    "question",
    ["国办发〔2019〕54号", "国办发[2019]54号", "国办发（２０１９）54号", "国办发 2019 54号", "国办发〔2019〕 54号"],
)
def test_a_document_number_is_found_first_in_whatever_brackets(fill: Fill, ask: Ask, question: str) -> None:
    quoting = entry(1, "国办发〔2019〕54号文件解读", "国办发〔2019〕54号" * 20)
    fill(
        quoting,
        entry(2, "意见", document_number="国办发〔2019〕54号"),
        entry(3, "意见", document_number="国办发〔2019〕154号"),
    )
    assert ask(question)[0] == 2
    assert 3 not in ask(question)


def test_a_title_outranks_a_text_and_the_newest_can_come_first(fill: Fill, ask: Ask) -> None:
    fill(entry(1, "疫苗接种"), entry(2, "通知", "疫苗" * 30), entry(3, "通知", "疫苗"))
    assert ask("疫苗")[0] == 1
    assert ask("疫苗", newest_first=True) == [3, 2, 1]


def test_width_case_brackets_and_script_do_not_matter(fill: Fill, ask: Ask) -> None:
    fill(entry(1, "ＣＴ检查（试行）"), entry(2, "政府信息公開", "資訊公開與規範"))
    assert ask("ct检查(试行)") == [1]
    assert ask("信息公开") == [2]
    assert ask("資訊公開") == [2]


def test_filters_narrow_and_an_empty_choice_finds_nothing(fill: Fill, ask: Ask) -> None:
    fill(
        entry(1, "通知", agency=1, columns=("预算", "财政"), validity="in_force"),
        entry(2, "通知", agency=2, columns=("机构职能",), validity="repealed"),
        entry(3, "通知", agency=2, columns=("决算", "财政"), published_on=date(2020, 5, 1)),
    )
    assert sorted(ask("通知", agencies=[2])) == [2, 3]
    assert sorted(ask("通知", column="财政")) == [1, 3]
    assert ask("通知", column="预算") == [1]
    assert ask("通知", year=2020) == [3]
    assert ask("通知", validity="repealed") == [2]
    assert ask("通知", agencies=[]) == []


def test_without_terms_everything_comes_newest_first(fill: Fill, ask: Ask) -> None:
    fill(entry(1, "甲"), entry(3, "丙"), entry(2, "乙"))
    assert ask() == [3, 2, 1]
    assert ask(agencies=[9]) == []


def test_facets_count_what_was_found(fill: Fill, backend: SearchBackend) -> None:
    fill(
        entry(1, "通知", agency=1, columns=("预算", "财政"), validity="in_force"),
        entry(2, "通知", agency=2, columns=("决算", "财政"), published_on=date(2020, 5, 1)),
        entry(3, "别的", agency=1),
        entry(4, "通知", agency=1, columns=()),
    )
    facets = backend.query(Query(terms=("通知",))).facets
    assert dict(facets.agencies) == {1: 2, 2: 1}
    assert dict(facets.columns) == {"预算": 1, "决算": 1, "财政": 2}
    assert dict(facets.years) == {2024: 2, 2020: 1}
    assert dict(facets.validities) == {"in_force": 1}


def test_pages_follow_each_other_without_gap_or_repetition(fill: Fill, ask: Ask) -> None:
    fill(*(entry(number, f"公共卫生通知第{number}号") for number in range(1, 48)))
    for question in ("卫生", "公共卫生"):
        pages = [ask(question, offset=offset, limit=20, newest_first=True) for offset in (0, 20, 40, 60)]
        assert [len(page) for page in pages] == [20, 20, 7, 0]
        assert sorted(number for page in pages for number in page) == list(range(1, 48))


@pytest.fixture(params=[0, 20_000])
def by_year(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once as a large index looks for the newest, year by year, once as a small one."""
    monkeypatch.setattr(tantivy_answers, "_MANY", request.param)


def in_portions(ask: Ask, question: str, portion: int, **fields: object) -> list[int]:
    """All hits, page after page, until a page is empty."""
    found: list[int] = []
    while some := ask(question, offset=len(found), limit=portion, **fields):
        found += some
    return found


@pytest.mark.usefixtures("by_year")
@pytest.mark.parametrize("portion", [1, 4, 5, 100])
def test_a_word_of_every_text_shows_titles_first_then_the_newest(fill: Fill, ask: Ask, portion: int) -> None:
    def item(number: int, title: str) -> Entry:
        return entry(number, title, "做好卫生工作", published_on=date(2020 + number % 3, 1, number))

    fill(*(item(number, "卫生通知" if number % 2 else "通知") for number in range(1, 11)), entry(99, "水利"))
    assert in_portions(ask, "卫生", portion) == [5, 7, 1, 9, 3, 8, 2, 10, 4, 6]
    assert in_portions(ask, "卫生 工作", portion) == [8, 5, 2, 10, 7, 4, 1, 9, 6, 3]
    assert in_portions(ask, "卫生", portion, newest_first=True) == [8, 5, 2, 10, 7, 4, 1, 9, 6, 3]
    assert in_portions(ask, "卫生", portion, year=2021) == [7, 1, 10, 4]
    assert in_portions(ask, "生工", portion, title_only=True) == []


@pytest.mark.usefixtures("by_year")
@pytest.mark.parametrize("portion", [1, 2, 100])
def test_a_number_that_stands_in_every_text_finds_the_item_of_that_number_first(
    fill: Fill, ask: Ask, portion: int
) -> None:
    fill(
        entry(1, "第24期", document_number="24"),
        entry(2, "第24号"),
        entry(3, "通知", "第24项"),
        entry(4, "通知", "第24项", document_number="24"),
        entry(5, "第24次会议"),
    )
    assert in_portions(ask, "24", portion) == [4, 1, 5, 2, 3]


@pytest.mark.usefixtures("by_year")
def test_a_word_of_every_text_is_counted_whole_on_every_page(fill: Fill, backend: SearchBackend) -> None:
    fill(
        *(entry(n, "通知", "卫生", agency=n % 2, published_on=date(2020 + n % 2, 1, n)) for n in range(1, 31)),
        entry(31, "卫生要点", columns=("要点",)),
    )
    for offset in (0, 20, 40):
        found = backend.query(Query(terms=("卫生",), offset=offset))
        assert (found.total, found.exact, len(found.hits)) == (31, True, {0: 20, 20: 11, 40: 0}[offset])
        assert dict(found.facets.years) == {2020: 15, 2021: 15, 2024: 1}
        assert dict(found.facets.columns) == {"通知公告": 30, "要点": 1}
    assert backend.query(Query(terms=("卫生",), with_facets=False, limit=1)).total == 31


@pytest.mark.usefixtures("by_year")
def test_a_long_word_whose_pairs_stand_in_every_text_shows_only_true_hits(fill: Fill, backend: SearchBackend) -> None:
    true = [entry(number, "通知", "公共卫生") for number in range(1, HUNDREDS + 1)]
    false = [entry(number + 1000, "公共卫生队" if number < 3 else "公共", "共卫队，卫生") for number in range(1, 11)]
    fill(*true, *false)
    numbers: list[int] = []
    for offset in range(0, HUNDREDS + 20, 20):
        numbers += [hit.id for hit in backend.query(Query(terms=("公共卫生",), offset=offset)).hits]
    assert numbers[:2] == [1002, 1001]
    assert sorted(numbers) == [*range(1, HUNDREDS + 1), 1001, 1002]


def test_more_candidates_than_are_compared_still_show_only_true_ones(fill: Fill, backend: SearchBackend) -> None:
    true = [entry(number, "公共卫生") for number in range(1, HUNDREDS + 1)]
    false = [entry(number + 1000, "公共事业", "共卫队，卫生") for number in range(1, 11)]
    fill(*true, *false)
    found = backend.query(Query(terms=("公共卫生",), newest_first=True, limit=20))
    assert all(hit.id <= HUNDREDS for hit in found.hits)
    assert found.total == HUNDREDS if found.exact else HUNDREDS <= found.total <= HUNDREDS + len(false)


def test_a_question_for_titles_only_leaves_texts_alone(fill: Fill, ask: Ask) -> None:
    fill(entry(1, "疫苗接种"), entry(2, "通知", "疫苗接种"))
    assert ask("疫苗接种", title_only=True) == [1]
    assert ask("疫", title_only=True) == [1]


def test_updates_replace_remove_and_are_seen_at_once(fill: Fill, ask: Ask, backend: SearchBackend) -> None:
    fill(entry(1, "防疫"), entry(2, "防疫"))
    with backend.exclusive():
        backend.update([entry(1, "水利"), entry(3, "防疫")], remove=[2])
    assert ask("防疫") == [3]
    assert ask("水利") == [1]
    assert set(backend.stamps()) == {1, 3}


def test_numbers_beyond_32_bits_keep_their_identity(fill: Fill, ask: Ask, backend: SearchBackend) -> None:
    large = 5_000_000_000
    fill(entry(large, "防疫", stamp=2**59))
    with backend.exclusive():
        backend.update([entry(large, "防疫", stamp=7)], remove=[])
    assert ask("防疫") == [large]
    assert backend.stamps() == {large: 7}


def test_without_an_index_the_answer_is_that_there_is_none(backend: SearchBackend) -> None:
    assert not backend.exists()
    with pytest.raises(SearchUnavailable, match="尚未建立"):
        backend.query(Query(terms=("卫生",)))
    with pytest.raises(SearchUnavailable), backend.exclusive():
        backend.update([entry(1, "卫生")], remove=[])


def test_a_rebuild_that_fails_leaves_the_old_index_in_use(fill: Fill, ask: Ask, backend: SearchBackend) -> None:
    fill(entry(1, "防疫"))
    with backend.rebuild() as building:
        building.add([entry(2, "防疫")])
    assert ask("防疫") == [1]


def test_a_rebuild_takes_up_what_changed_meanwhile(ask: Ask, backend: SearchBackend) -> None:
    with backend.rebuild() as building:
        building.add([entry(1, "防疫"), entry(2, "防疫")])
        with backend.exclusive():
            building.update([entry(1, "水利"), entry(3, "防疫")], remove=[2])
            building.switch()
    assert ask("防疫") == [3]
    assert ask("水利") == [1]


def test_whatever_is_typed_gets_an_answer(fill: Fill, ask: Ask) -> None:
    fill(entry(1, "100%的“疫苗”_\\'\"; DROP TABLE"))
    for question in (
        "%",
        "_",
        "\\",
        "'",
        '"',
        "100%",
        "疫苗”_",
        "AND OR NOT",
        "*",
        "(",
        "+疫苗 -x",
        "title:x",
        "😀",
        "𠮷野家",
    ):
        ask(question)
    assert ask("100%的") == [1]


def test_recall_equals_comparing_every_text(fill: Fill, backend: SearchBackend) -> None:
    chance = random.Random(7)  # noqa: S311  # the same texts in every run
    letters = "公共卫生防疫通知管理办法"
    entries = [
        entry(n, "".join(chance.choices(letters, k=6)), "".join(chance.choices(letters, k=60))) for n in range(1, 150)
    ]
    fill(*entries)
    for _ in range(200):
        term = "".join(chance.choices(letters, k=chance.choice([1, 2, 2, 3, 4])))
        truth = {e.id for e in entries if term in e.folded}
        found = backend.query(Query(terms=terms_of(term), limit=200))
        assert {hit.id for hit in found.hits} == truth
        assert found.total == len(truth)


def test_only_one_rebuild_runs_at_a_time(settings: object, backend: SearchBackend) -> None:
    if backend.__class__.__name__ == "PostgresqlBackend":
        pytest.skip("advisory locks are held per connection; a test has one")
    with backend.rebuild(), pytest.raises(RebuildRunning), backend.rebuild():
        pass


def test_an_entry_orders_by_day_then_by_number() -> None:
    older: Entry = entry(900, "甲", published_on=date(2024, 1, 1))
    newer = entry(2, "乙", published_on=date(2024, 1, 2))
    assert older.recency < newer.recency < entry(3, "丙", published_on=date(2024, 1, 2)).recency
