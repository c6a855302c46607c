"""A portal of training data that speaks like AI Hub (Korea): text list, drawn file trees, pages, catalogue, no open download."""

from html import escape
from typing import Any

from flask import Flask, Response, abort, jsonify, request

from catalog.harvests.records import HarvestSource
from web.demo.base import BusyOnce, DemoPortal, application, load

NAME = "aihub"
_LINE = "=" * 42
_BANNER = f"{_LINE}\naihubshell version 25.09.19 v0.6\n{_LINE}\n"
_NO_PAGE = "페이지가 존재하지 않습니다."


def make_app() -> Flask:
    """Make the portal. The text addresses answer 502 with a correct body, as those of AI Hub were seen to do."""
    app, busy = application(NAME), BusyOnce()
    datasets = {str(entry["id"]): entry for entry in load(NAME, "datasets")}
    terms = load(NAME, "terms")

    @app.get("/info/dataset.do")
    def listing() -> Any:
        lines = [f"{key}, {entry['title']}" for key, entry in datasets.items()]
        lines += [f"{key}, 준비 중인 데이터" for key in terms["no_tree"]]
        return busy.answer() or _text("\n".join((_BANNER, *lines, _LINE, "")))

    @app.get("/info/<key>.do")
    def files(key: str) -> Response:
        heading = f"{_BANNER}Fetching file tree structure...\n"
        if key not in datasets:
            return _text(f"{heading}{_NO_PAGE}\n")
        notice = f"=================공지사항===================\n{terms['eligibility']}\n{_LINE}\n\n"
        return _text(heading + notice + "\n".join(_drawn(datasets[key]["tree"], "    ")) + "\n")

    @app.get("/catalogue.json")
    def catalogue() -> Response:
        return jsonify([{k: v for k, v in entry.items() if k not in ("sections", "tree")} for entry in datasets.values()])

    @app.get("/aihubdata/data/view.do")
    def page() -> str:
        return _page(datasets.get(request.args.get("dataSetSn", "")) or abort(404), terms)

    @app.get("/down/0.6/<key>.do")
    def download(key: str) -> Response:
        """Refuse: this demo approves nobody, with or without a key."""
        status, words = (403, "승인되지 않은 데이터셋입니다.") if request.headers.get("apikey") else (401, "apikey가 필요합니다.")
        return _text(words, status) if key in datasets else _text(_NO_PAGE, 404)

    return app


def _text(words: str, status: int = 502) -> Response:
    return Response(words, status, content_type="text/plain; charset=utf-8")


def _drawn(branch: Any, indent: str) -> list[str]:
    """Return the lines of a tree: objects are folders, lists hold `name | size | key` leaves."""
    entries = list(branch.items()) if isinstance(branch, dict) else [(leaf, None) for leaf in branch]
    lines = []
    for place, (name, inner) in enumerate(entries, 1):
        last = place == len(entries)
        lines.append(f"{indent}{'└─' if last else '├─'}{name}")
        lines += _drawn(inner, indent + ("    " if last else "│  ")) if inner else []
    return lines


_FACTS = {"분야": "field", "갱신년월": "updated", "조회수": "views", "다운로드": "downloads"}
_PEOPLE = {"수행기관(주관)": "organisation", "담당자명": "contact", "이메일": "email", "전화번호": "phone"}


def _page(entry: dict[str, Any], terms: dict[str, Any]) -> str:
    """Return the dataset page: texts under headings and tables of a label and its value."""
    sections = "".join(f"<h3>{escape(name)}</h3>{_section(value)}" for name, value in entry["sections"].items())
    people = {label: terms[name] for label, name in _PEOPLE.items()}
    facts = {label: entry[name] for label, name in _FACTS.items()} | {"태그": ", ".join(entry["tags"])}
    return (
        f"<!doctype html><html lang=ko><title>{escape(entry['title'])}</title><h1>{escape(entry['title'])}</h1>{_section(facts)}"
        f"<p>{escape(terms['eligibility'])}</p>{sections}<h3>구축기관</h3>{_section(people)}</html>"
    )


def _section(value: Any) -> str:
    if isinstance(value, dict):
        return f"<table>{''.join(f'<tr><th>{escape(k)}</th><td>{escape(v)}</td></tr>' for k, v in value.items())}</table>"
    return "".join(f"<p>{escape(line)}</p>" for line in value.split("\n"))


def _source(base_url: str) -> HarvestSource:
    options = {"site": base_url, "catalogue": "/catalogue.json", "rate": "100"}
    return HarvestSource(
        name="demo-aihub", kind="aihub", url=base_url, title=PORTAL.title, language="ko", files="link", options=options
    )


PORTAL = DemoPortal("demo-aihub", "Korean training data (demo, AI Hub)", "aihub", 3, make_app, _source)
