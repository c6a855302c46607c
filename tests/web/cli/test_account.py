"""The operator adds accounts, gives roles and makes tokens from the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from catalog.access.base import Role
from catalog.accounts.throttle import Caller
from catalog.bootstrap import open_catalog
from catalog.errors import Unauthenticated
from catalog.settings import Settings
from web.cli import main


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QOIMA_HOME", str(tmp_path))
    return tmp_path


def run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(main, ["account", *arguments], input=given)


def test_an_account_with_a_role_and_a_token_works(home: Path) -> None:
    done = run("add", "Aigul@Example.KZ", "--agency", "water-agency", "--role", "editor", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)["email"] == "aigul@example.kz"
    made = run("token", "aigul@example.kz", "--scope", "dataset:edit", "--scope", "dataset:publish", "--json")
    catalog = open_catalog(Settings(home=home))
    actor = catalog.tokens.actor(json.loads(made.output)["token"])
    catalog.close()
    assert (actor.roles, actor.scopes) == ({"water-agency": Role.EDITOR}, {"dataset:edit", "dataset:publish"})


def test_a_second_add_changes_the_role_and_keeps_the_password(home: Path) -> None:
    run("add", "a@example.kz", "--agency", "water", "--role", "editor", "--password-stdin", given="seven grey wolves sing\n")
    done = run("add", "a@example.kz", "--agency", "water", "--role", "publisher")
    assert "Changed" in done.output and "Password" not in done.output
    catalog = open_catalog(Settings(home=home))
    assert catalog.signing_in.by_password("a@example.kz", "seven grey wolves sing", Caller()).account.email == "a@example.kz"
    catalog.close()


@pytest.mark.parametrize(("arguments", "told"), [
    (("add", "not an address"), "Write an e-mail address"),
    (("add", "a@example.kz", "--agency", "Bad Name!"), "cannot be the name of an agency"),
    (("token", "nobody@example.kz", "--scope", "dataset:read"), "qoima account add"),
])  # fmt: skip
def test_what_is_wrong_is_said(arguments: tuple[str, ...], told: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 1 and told in done.output


def test_unknown_scopes_are_named() -> None:
    run("add", "a@example.kz")
    done = run("token", "a@example.kz", "--scope", "everything")
    assert done.exit_code == 1 and "dataset:publish" in done.output


def test_a_disabled_account_is_out(home: Path) -> None:
    run("add", "a@example.kz")
    token = json.loads(run("token", "a@example.kz", "--scope", "dataset:read", "--json").output)["token"]
    assert run("disable", "a@example.kz").exit_code == 0
    catalog = open_catalog(Settings(home=home))
    with pytest.raises(Unauthenticated):
        catalog.tokens.actor(token)
    catalog.close()
