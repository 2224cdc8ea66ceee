"""Tests the hooks and the action in scratch repositories; ci/pre-commit.sh runs it."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import yaml
from documented import ROOT, blocks, config

GARBLED = "新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚。\n"
RESTORED = "新能源电池产业链企业快速集聚。\n"
# Nothing but one radical, which is only suggested.
UNDECIDED = "年 ⺁\n"

REVISION = subprocess.run(
    ["git", "rev-parse", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True
).stdout.strip()
GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
}


class Scratch(unittest.TestCase):
    """A repository with texts of all kinds."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.run_in("git", "init", "--quiet")
        (settings,) = blocks("zhengben.toml")
        self.write("zhengben.toml", settings)
        self.write("新闻/转载 一.txt", GARBLED)
        self.write("readme.md", "# 標題\n\n`標題`\n")
        self.write("gbk.txt", GARBLED, "gb18030")
        self.write("原文/一.txt", GARBLED)
        self.write("clean.html", "<p>没有问题</p>\n")
        self.write("code.py", "# 標題\n")

    def write(self, name, text, encoding="utf-8"):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode(encoding))

    def read(self, name, encoding="utf-8"):
        return (self.folder / name).read_bytes().decode(encoding)

    def run_in(self, *command, **environment):
        """Runs a command in the repository; its exit code, and all it says."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, **GIT, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        return done.returncode, done.stdout

    def hooks(self, *hooks):
        """Has the repository use these, as the page shows it."""
        self.write(".pre-commit-config.yaml", config(*hooks, revision=REVISION))
        self.assertEqual(self.run_in("git", "add", "--all")[0], 0)

    def pre_commit(self):
        return self.run_in("pre-commit", "run", "--color", "never")


class Check(Scratch):
    def test_findings_refuse_and_clean_texts_pass(self):
        self.hooks("zhengben-check")
        code, said = self.pre_commit()
        self.assertEqual(code, 1, said)
        for name in ["新闻/转载 一.txt:1:1: ", "gbk.txt:1:1: ", "readme.md:1:3: "]:
            self.assertIn(name, said)
        for name in ["原文", "code.py", "readme.md:3", "clean.html"]:
            self.assertNotIn(name, said)
        self.assertEqual(self.read("新闻/转载 一.txt"), GARBLED)

        self.write("新闻/转载 一.txt", RESTORED)
        self.write("gbk.txt", RESTORED, "gb18030")
        self.write("readme.md", "# 标题\n")
        self.run_in("git", "add", "--all")
        code, said = self.pre_commit()
        self.assertEqual(code, 0, said)

    def test_other_kinds_of_files_can_be_named(self):
        self.hooks("zhengben-check", "zhengben-check")
        self.write("一.srt", f"1\n00:00:01,000 --> 00:00:02,000\n{GARBLED}")
        self.write("一.json", '{"title": "標題", "body": "標題"}\n')
        self.run_in("git", "add", "--all")
        code, said = self.pre_commit()
        self.assertEqual(code, 1, said)
        self.assertIn("一.srt:3:1: ", said)
        self.assertIn("一.json:1:26: ", said)
        self.assertNotIn("一.json:1:12: ", said)


class Fix(Scratch):
    def test_texts_are_restored_and_the_second_run_passes(self):
        self.hooks("zhengben-fix")
        self.write("undecided.txt", UNDECIDED)
        self.run_in("git", "add", "--all")
        code, said = self.pre_commit()
        self.assertEqual(code, 1, said)
        self.assertIn("files were modified by this hook", said)
        self.assertEqual(self.read("新闻/转载 一.txt"), RESTORED)
        self.assertEqual(self.read("gbk.txt", "gb18030"), RESTORED)
        self.assertEqual(self.read("readme.md"), "# 标题\n\n`標題`\n")
        self.assertEqual(self.read("原文/一.txt"), GARBLED)
        self.assertEqual(self.read("code.py"), "# 標題\n")
        self.assertEqual(self.read("undecided.txt"), UNDECIDED)

        self.run_in("git", "add", "--all")
        code, said = self.pre_commit()
        self.assertEqual(code, 0, said)

    def test_what_is_not_staged_survives(self):
        self.hooks("zhengben-fix")
        lines = "".join(f"第{n}行没有问题。\n" for n in "一二三四五六七八九")
        files = {"新闻/转载 一.txt": "utf-8", "gbk.txt": "gb18030"}
        for name, encoding in files.items():
            self.write(name, GARBLED + lines, encoding)
        self.run_in("git", "add", "--all")
        for name, encoding in files.items():
            self.write(name, GARBLED + lines + "還沒寫完\n", encoding)
        code, said = self.pre_commit()
        self.assertEqual(code, 1, said)
        for name, encoding in files.items():
            self.assertEqual(self.read(name, encoding), RESTORED + lines + "還沒寫完\n")
        _, staged = self.run_in("git", "show", ":新闻/转载 一.txt")
        self.assertEqual(staged, GARBLED + lines)

    def test_what_is_not_staged_survives_in_the_same_line(self):
        self.hooks("zhengben-fix")
        # pre-commit takes the fixes back then.
        self.write("新闻/转载 一.txt", "還沒寫完" + GARBLED)
        code, said = self.pre_commit()
        self.assertEqual(code, 1, said)
        self.assertIn("Rolling back fixes", said)
        self.assertEqual(self.read("新闻/转载 一.txt"), "還沒寫完" + GARBLED)

    def test_a_commit_is_refused_until_it_is_restored(self):
        self.hooks("zhengben-fix-src", "zhengben-check-src")
        self.assertEqual(self.run_in("pre-commit", "install")[0], 0)
        code, said = self.run_in("git", "commit", "--message", "一")
        self.assertEqual(code, 1, said)
        self.assertEqual(self.read("新闻/转载 一.txt"), RESTORED)
        self.assertEqual(self.read("gbk.txt", "gb18030"), RESTORED)
        self.run_in("git", "add", "--all")
        code, said = self.run_in("git", "commit", "--message", "一")
        self.assertEqual(code, 0, said)

        # What is undecided refuses the check only.
        self.write("undecided.txt", UNDECIDED)
        self.run_in("git", "add", "--all")
        code, said = self.run_in("git", "commit", "--message", "二")
        self.assertEqual(code, 1, said)
        self.assertRegex(said, r"zhengben fix\.+Passed")
        self.assertRegex(said, r"zhengben check\.+Failed")
        self.assertIn("undecided.txt:1:3: char-radical", said)


class Action(Scratch):
    """The steps of the action, run as a runner does; only the build is left out."""

    def check(self, **inputs):
        action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
        given = {name: str(field["default"]) for name, field in action["inputs"].items()}
        given.update({name.replace("_", "-"): text for name, text in inputs.items()})
        (step,) = [step for step in action["runs"]["steps"] if step["name"] == "Check"]
        filled = lambda text: self.filled(text, given)
        script = self.folder / ".git/step.sh"
        script.write_text(step["run"], encoding="utf-8")
        environment = {name: filled(text) for name, text in step["env"].items()}
        environment["PATH"] = f"{COMMAND.parent}:{os.environ['PATH']}"
        bash = ["bash", "--noprofile", "--norc", "-eo", "pipefail"]
        return self.run_in(*bash, script, **environment)

    def filled(self, text, inputs):
        for name, value in inputs.items():
            text = text.replace("${{ inputs.%s }}" % name, value)
        self.assertNotIn("${{", text)
        return text

    def setUp(self):
        super().setUp()
        _, said = self.run_in(COMMAND, "check", "--help")
        if "github" not in said:
            self.skipTest("this version has no --format github")

    def test_findings_are_annotations(self):
        (workflow,) = blocks(".github/workflows/text.yml")
        steps = yaml.safe_load(workflow)["jobs"]["text"]["steps"]
        self.assertEqual(steps[1]["with"]["paths"], "docs\n译文\n")
        self.write("docs/新 闻.txt", GARBLED)
        self.write("译文/一.txt", RESTORED)
        code, said = self.check(paths=steps[1]["with"]["paths"])
        self.assertEqual(code, 1, said)
        self.assertRegex(said, r"::\w+ file=docs/新 闻\.txt,")
        self.assertNotIn("gbk.txt", said)
        code, said = self.check(paths="译文")
        self.assertEqual((code, said), (0, ""))

    def test_inputs(self):
        code, said = self.check(args="--exit-zero --rule script --glob *.md")
        self.assertEqual(code, 0, said)
        self.assertIn("file=readme.md,", said)
        self.assertNotIn("gbk.txt", said)
        code, said = self.check(working_directory="新闻")
        self.assertEqual(code, 1, said)
        self.assertIn("file=新闻/转载 一.txt,", said)
        self.assertNotIn("gbk.txt", said)


def command():
    """The command, as the hooks' last build left it."""
    return Path(os.environ["CARGO_TARGET_DIR"]) / "release/zhengben"


COMMAND = command()

if __name__ == "__main__":
    dirty = subprocess.run(
        ["git", "status", "--porcelain"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    if dirty:
        print("The hooks are those of the last commit, without what is changed since:")
        print(dirty, end="", flush=True)
    # The hooks are built on the way, and the action's tests take what they leave.
    loader = unittest.defaultTestLoader
    tests = [loader.loadTestsFromTestCase(case) for case in (Check, Fix, Action)]
    done = unittest.TextTestRunner(verbosity=2).run(unittest.TestSuite(tests))
    sys.exit(not done.wasSuccessful())
