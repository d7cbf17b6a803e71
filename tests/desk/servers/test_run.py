"""`./run` brings what its jobs need, and says what to do where it cannot."""

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

RUN = Path(__file__).resolve().parents[3] / "run"


@pytest.fixture
def run(monkeypatch):
    loader = SourceFileLoader("run_script", str(RUN))
    script = module_from_spec(spec_from_loader("run_script", loader))
    loader.exec_module(script)
    monkeypatch.delenv("ZGODA_NO_BROWSER", raising=False)
    monkeypatch.setattr(script, "install", lambda _: None)
    return script


@pytest.fixture
def asked(run, monkeypatch):
    """The commands that were run; those that hold a word of `asked.good` go well."""

    class Asked(list):
        good = ()

    commands = Asked()

    def works(*command, **_):
        commands.append(" ".join(map(str, command)))
        return any(word in commands[-1] for word in commands.good)

    monkeypatch.setattr(run, "works", works)
    monkeypatch.setattr(run, "call", lambda *command, **more: works(*command) or more)
    return commands


def test_browser_that_is_there_is_taken(run, asked):
    asked.good = ("servers.browser",)
    run.bring_browser()
    assert len(asked) == 1


def test_browser_tests_can_be_left_out_aloud(run, asked, monkeypatch, capsys):
    monkeypatch.setenv("ZGODA_NO_BROWSER", "1")
    run.bring_browser()
    assert asked == []
    assert "NO test will run in a browser" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("user", "ways"), [(0, ["--with-deps", "install chromium", "apt-get"]), (7, ["install chromium"])]
)
def test_browser_is_fetched_in_every_way_before_giving_up(run, asked, monkeypatch, user, ways):
    monkeypatch.setattr("os.geteuid", lambda: user)
    with pytest.raises(SystemExit, match="ZGODA_NO_BROWSER=1"):
        run.bring_browser()
    assert len(asked) == 1 + len(ways)
    assert all(way in command for way, command in zip(ways, asked[1:], strict=True))


def test_chosen_tests_run_once(run, asked):
    asked.good = ("servers.browser",)
    run.test(["-k", "promise"])
    assert [command for command in asked if "pytest" in command] == [f"{run.BIN / 'pytest'} -n 2 -k promise"]


@pytest.mark.parametrize(
    ("arguments", "opened"), [(["--read"], None), (["--port", "8801"], ["zgoda", "demo", "--port", "8801"])]
)
def test_demo_reads_then_opens_the_desk(run, asked, monkeypatch, arguments, opened):
    seen = []
    monkeypatch.setattr("os.execv", lambda _, command: seen.append(command))
    run.demo(arguments)
    assert "tools.show_readings" in asked[0]
    assert seen == ([opened] if opened else [])
