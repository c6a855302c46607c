"""AI Hub: the list is read line by line, a failure belongs to its record, a killed run goes on."""

from harvesters.http.errors import FetchError
from harvesters.sources.aihub import PAGE, SOURCE
from schemas.dataset import Dataset
from tests.harvesters.fake_http import missing, run

LIST = "http://portal/info/dataset.do"
TREE = "banner of aihubshell\n└─root\n   └─a.zip | 1 MB | 5\n"


def test_banners_around_the_list_are_no_datasets() -> None:
    answers = {LIST: "====\n목록\n====\n50, 가, 나\n 51 ,다\n====", "http://portal/info/50.do": TREE}
    records, problems, _ = run(SOURCE, answers, pages="no")
    assert ([(record.identifier, record.body["title"]) for record in records], problems) == ([("50", "가, 나"), ("51", "다")], [])
    assert ("tree" in records[0].body, "failure" in records[1].body) == (True, True)


def test_a_list_without_datasets_is_a_problem() -> None:
    records, problems, _ = run(SOURCE, {LIST: "<html>502 Bad Gateway</html>"})
    assert (records, [problem.code for problem in problems]) == ([], ["unexpected-answer"])


def test_a_missing_page_is_no_failure_and_a_broken_one_is() -> None:
    page = "http://site/aihubdata/data/view.do?dataSetSn=5"
    answers = {LIST: "5, 가", "http://portal/info/5.do": TREE}
    for error, failed in ((missing(), False), (FetchError("status", "500", status=500), True)):
        (record,), _, _ = run(SOURCE, {**answers, page: error}, site="http://site")
        assert ("failure" in record.body) is failed


def test_a_killed_run_goes_on_after_the_last_key() -> None:
    listing = "\n".join(f"{key}, t" for key in range(1, PAGE + 3))
    records, _, checkpoints = run(SOURCE, {LIST: listing}, pages="no")
    assert (len(records), checkpoints[0].token, checkpoints[0].total) == (PAGE + 2, str(PAGE), PAGE + 2)
    records, _, _ = run(SOURCE, {LIST: listing}, resume=str(PAGE), pages="no")
    assert [record.identifier for record in records] == [str(PAGE + 1), str(PAGE + 2)]


def test_a_catalogue_that_fails_leaves_the_list() -> None:
    answers = {LIST: "5, 가\n5, 나", "http://portal/info/5.do": TREE, "http://portal/c.json": {"not": "a list"}}
    records, problems, _ = run(SOURCE, answers, pages="no", catalogue="c.json")
    assert (len(records), [problem.code for problem in problems]) == (1, ["repeated-identifier", "unexpected-answer"])


def test_no_address_of_bytes_is_ever_given() -> None:
    dataset = Dataset(name="aihub-5", title={"ko": "가"})
    assert SOURCE.file_url(None, dataset, None) == ""  # type: ignore[arg-type]
