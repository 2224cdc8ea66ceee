"""Cleaners and their settings."""

import copy
import inspect
import json
import pickle
from pathlib import Path

import pytest
import zhengben
from conftest import GARBLED, ROOT
from zhengben import Cleaner, ConfigError


def test_settings() -> None:
    assert Cleaner(script="none").fix_text("漢語") == "漢語"
    assert Cleaner(script="tw2sp").fix_text("資訊") == "信息"
    assert Cleaner(keep=["臺積電"]).fix_text("臺積電在臺灣") == "臺積電在台湾"
    assert Cleaner(rules=["gloss"]).fix_text(GARBLED) == "新動力電池工業鏈企業快速集聚"
    assert Cleaner(no_rules=["wording"]).fix_text(GARBLED).startswith("新动力电池工业链")
    assert Cleaner(unsafe=True).clean("咱们会尽或许注明来历").text
    assert Cleaner(syntax="markdown").fix_text("`漢`語") == "`漢`语"
    assert Cleaner(syntax="json", fields=["a"]).fix_text('{"a":"漢","b":"漢"}') == (
        '{"a":"汉","b":"漢"}'
    )
    csv = Cleaner(syntax="csv", columns=["2"], headless=True)
    assert csv.fix_text("漢,漢\n") == "漢,汉\n"
    front = Cleaner(syntax="md", front_matter=True)
    assert front.fix_text("---\ntitle: 漢\n---\n") == "---\ntitle: 汉\n---\n"
    assert Cleaner(syntax="python", comments=True).fix_text("漢 = 1  # 漢\n") == (
        "漢 = 1  # 汉\n"
    )
    page = "<!DOCTYPE html><p title='漢' class='漢'>漢</p>"
    assert Cleaner(syntax="auto").fix_text(page) == page.replace(">漢", ">汉").replace(
        "title='漢", "title='汉"
    )


def test_dictionaries() -> None:
    recipes = ROOT / "examples/recipes.tsv"
    text = (ROOT / "examples/recipe.txt").read_text("utf-8")
    assert "辣椒" in Cleaner(dictionaries=[recipes]).fix_text(text)
    assert Cleaner(dictionaries=[str(recipes)], no_rules=["wording"]).fix_text(text) == text


@pytest.mark.parametrize(
    "keywords",
    [
        {"script": "s2t"},
        {"rules": ["nothing"]},
        {"no_rules": ["nothing"]},
        {"encoding": "koi8-r"},
        {"syntax": "nothing"},
        {"dictionaries": ["nothing.tsv"]},
        {"choices": "nothing.bin"},
        {"lang": "fr"},
    ],
)
def test_settings_that_cannot_be_used(keywords: dict[str, object]) -> None:
    with pytest.raises(ConfigError):
        Cleaner(**keywords)


def test_words_are_not_lists_of_letters() -> None:
    with pytest.raises(TypeError):
        Cleaner(keep="臺積電")
    with pytest.raises(TypeError):
        Cleaner(nothing=True)


def test_every_setting_of_files_is_a_keyword() -> None:
    schema = json.loads((ROOT / "schemas/settings.schema.json").read_text("utf-8"))
    settings = {name.replace("-", "_") for name in schema["properties"]}
    # What is about folders and archives of files.
    settings -= {"baseline", "responses", "exclude", "extend", "overrides"}
    keywords = set(inspect.signature(Cleaner).parameters) - {"lang"}
    assert keywords == settings


def test_copies_and_pickles_do_the_same(folder: Path) -> None:
    (folder / "own.tsv").write_bytes((ROOT / "examples/recipes.tsv").read_bytes())
    cleaner = Cleaner(
        script="hk2s", keep=["甚麼"], dictionaries=["own.tsv"], lang="zh", syntax="auto"
    )
    for other in (pickle.loads(pickle.dumps(cleaner)), copy.deepcopy(cleaner)):
        assert other.settings == cleaner.settings
        assert other.fix_text("甚麼裏面") == "甚麼里面"
    # Paths are those of the folder that it was made in.
    assert cleaner.settings["dictionaries"] == [str(folder / "own.tsv")]
    assert Cleaner().settings == {}
    assert repr(Cleaner(unsafe=True)) == "Cleaner(unsafe=True)"


def test_files_of_settings(folder: Path) -> None:
    (folder / "zhengben.toml").write_text(
        'script = "tw2sp"\nkeep = ["臺積電"]\n'
        '[[overrides]]\nfiles = ["poems/**"]\nscript = "none"\n',
        "utf-8",
    )
    (folder / "poems").mkdir()
    for cleaner in (Cleaner.from_config(), Cleaner.from_config("zhengben.toml")):
        assert cleaner.fix_text("臺積電的資訊") == "臺積電的信息"
    poem = Cleaner.from_config(document=folder / "poems/a.md")
    assert poem.settings == {"script": "none", "keep": ["臺積電"], "syntax": "markdown"}
    (folder / "zhengben.toml").write_text('scirpt = "none"\n', "utf-8")
    with pytest.raises(ConfigError, match=r"zhengben\.toml:1: .*is script meant"):
        Cleaner.from_config()
    with pytest.raises(ConfigError):
        Cleaner.from_config("nothing.toml")


def test_version_is_that_of_the_crate() -> None:
    import re
    from importlib.metadata import version

    cargo = (ROOT / "Cargo.toml").read_text("utf-8")
    package = cargo[cargo.index("[package]") :]
    said = re.search(r'^version = "(.*)"$', package, re.M)
    assert said is not None
    assert said[1] == zhengben.__version__ == version("zhengben")
