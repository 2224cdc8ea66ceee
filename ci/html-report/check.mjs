// Opens reports in a browser and checks them: nothing is fetched, reasons are shown on
// hover and on focus, filters work, both texts are whole, no accessibility fault, and
// a large report still scrolls.
//
//     node check.mjs CHROMIUM ZHENGBEN FOLDER
//
// FOLDER is made for reports and screenshots.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

const [browserPath, zhengben, folder] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 375, height: 740 };

mkdirSync(folder, { recursive: true });
const work = mkdtempSync(path.join(tmpdir(), "html-report-"));

/** Has a report made; the name is that of its file. */
function report(name, ...paths) {
  const run = spawnSync(zhengben, ["check", "--format", "html", ...paths], { maxBuffer: 1 << 30 });
  assert.notEqual(run.status, null, String(run.error));
  const file = path.join(folder, `${name}.html`);
  writeFileSync(file, run.stdout);
  return { status: run.status, url: pathToFileURL(file).href };
}

function write(name, text) {
  const file = path.join(work, name);
  writeFileSync(file, text);
  return file;
}

const browser = await chromium.launch({
  executablePath: browserPath,
  headless: true,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

/** A page that has a report open, with all that it asked for and complained about. */
async function open(url, { scheme = "light", size = DESK, scripts = true } = {}) {
  const page = await browser.newPage({
    colorScheme: scheme,
    javaScriptEnabled: scripts,
    reducedMotion: "reduce",
    viewport: size,
  });
  const [requests, complaints] = [[], []];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(url);
  return { page, requests, complaints };
}

async function shot(page, name) {
  // What has come into view is rendered a moment later.
  await page.waitForTimeout(200);
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

/** What axe finds wrong. It is put into the page past the page's policy. */
async function faults(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    axe.run(document, { resultTypes: ["violations"] }),
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

async function check(name, test) {
  await test();
  console.log(`ok: ${name}`);
}

const strange = write(
  "<b>引号 'a' & \"b\".txt",
  "<script>alert(1)</script>漢語辭典\r\n你\u200b好\t世\u00a0界，葛\u{e0100}先生\r\n" +
    "第三行没有改动。\r\n".repeat(30) +
    `${"这一段很长，而且没有改动。".repeat(80)}漢語辭典${"后面也一样。".repeat(200)}\r\n最后一行漢語`,
);
const [example, examples] = [
  "examples/reprint.txt",
  [
    "examples/broken.txt",
    "examples/line.txt",
    "examples/gbk.txt",
    "tests/cli/check-excerpts.in/excerpts.txt",
    "tests/cli/clean-write-gbk.in/gbk.txt",
  ],
];
const main = report("examples", example, ...examples, strange, "missing.txt");

try {
  await check("a failure is in the report and in the exit code", async () => {
    assert.equal(main.status, 2);
    const { page } = await open(main.url);
    assert.match(await page.locator(".failures").innerText(), /missing\.txt: cannot read it/);
    await page.close();
  });

  for (const [label, options] of Object.entries({
    light: {},
    dark: { scheme: "dark" },
    phone: { size: PHONE },
    "phone-dark": { size: PHONE, scheme: "dark" },
  })) {
    await check(`${label}: nothing fetched, no complaint, no accessibility fault`, async () => {
      const { page, requests, complaints } = await open(main.url, options);
      await shot(page, label);
      assert.deepEqual(requests.filter((url) => !url.startsWith("data:")), [main.url]);
      assert.deepEqual(complaints, []);
      assert.deepEqual(await faults(page), []);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wider <= 0, `${wider} pixels wider than the window`);
      // With a reason open, and the folded lines.
      await page.locator("details.fold summary").first().click();
      await page.locator(".doc .e a").first().focus();
      assert.deepEqual(await faults(page), []);
      await shot(page, `${label}-reason`);
      await page.locator("details.fold summary").last().scrollIntoViewIfNeeded();
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await shot(page, `${label}-end`);
      await page.close();
    });
  }

  await check("a reason is shown on focus and on hover, and goes on Escape", async () => {
    const { page } = await open(main.url);
    const mark = page.locator(".o .e", { hasText: "工業" }).first();
    const tip = mark.locator(".tip");
    assert.equal(await tip.isVisible(), false);
    await mark.locator("a").focus();
    assert.equal(await tip.isVisible(), true);
    assert.match(await tip.innerText(), /wording-context[\s\S]*工業 → 产业[\s\S]*产业链/);
    const box = await tip.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= DESK.width && box.y >= 0, JSON.stringify(box));
    // Nothing covers it.
    const top = await page.evaluate(
      ([x, y]) => document.elementFromPoint(x, y).closest(".tip") !== null,
      [box.x + box.width / 2, box.y + box.height / 2],
    );
    assert.ok(top);
    await page.keyboard.press("Escape");
    assert.equal(await tip.isVisible(), false);
    await page.locator("h1").click();
    await mark.locator("a").hover();
    assert.equal(await tip.isVisible(), true);
    await page.close();
  });

  await check("a mark leads to its other side by the keyboard", async () => {
    const { page } = await open(main.url);
    const link = page.locator(".o .e a").nth(2);
    await link.focus();
    await page.keyboard.press("Enter");
    const target = page.locator(".r .e a").nth(2);
    assert.equal(await target.evaluate((element) => element.matches(":target")), true);
    assert.equal(await target.getAttribute("href"), `#${await link.getAttribute("id")}`);
    await page.close();
  });

  await check("filters by rule and by safety work by the keyboard", async () => {
    const { page } = await open(main.url);
    const shown = () => page.locator(".e:not(.off)").count();
    const all = await shown();
    const gloss = await page.locator('.e[data-r="gloss"]').count();
    assert.ok(gloss > 10 && gloss < all);
    await page.locator("input[value=gloss]").focus();
    await page.keyboard.press("Space");
    assert.equal(await shown(), all - gloss);
    assert.match(await page.locator("output").innerText(), new RegExp(`^${(all - gloss) / 2} of ${all / 2} `));
    await page.locator("[data-none]").focus();
    await page.keyboard.press("Enter");
    assert.equal(await shown(), 0);
    assert.equal(await page.locator(".doc:visible").count(), 0);
    await page.locator("[data-all]").click();
    await page.locator("input[name=s][value=safe]").uncheck();
    assert.equal(await shown(), await page.locator(".e:not([data-s=safe])").count());
    await page.close();
  });

  await check("both texts are on the page, whole", async () => {
    const { page } = await open(main.url);
    const texts = await page.evaluate(() => {
      const texts = (side) => {
        const cells = [...document.querySelectorAll(`.doc:first-of-type .row:not(.heads) > .${side}`)];
        return cells.map((cell) => {
          const copy = cell.cloneNode(true);
          copy.querySelectorAll(".tip, .ctl, .gap, .mid > summary").forEach((element) => element.remove());
          return copy.textContent;
        }).join("");
      };
      document.querySelector(".failures").remove();
      return { original: texts("o"), restored: texts("r") };
    });
    assert.equal(texts.original, readFileSync(example, "utf8"));
    assert.equal(texts.restored, readFileSync("examples/reprint.restored.txt", "utf8"));
    await page.close();
  });

  await check("long unchanged stretches are folded, and unfold", async () => {
    const { page } = await open(main.url);
    const last = page.locator(".doc").last();
    const lines = last.locator("details.fold");
    assert.match(await lines.locator("summary").innerText(), /^26 unchanged lines$/);
    const height = async (locator) => (await locator.boundingBox()).height;
    const row = last.locator(".row.chg", { has: page.locator(".mid") }).first();
    const folded = await height(row);
    await row.locator(".mid summary").first().click();
    assert.ok(folded < 1000 && (await height(row)) > folded + 200, `${folded}`);
    const before = await height(last);
    await lines.locator("summary").click();
    assert.ok((await height(last)) > before + 500);
    await page.close();
  });

  await check("without scripts all is shown and the filters are not", async () => {
    const { page } = await open(main.url, { scripts: false });
    assert.equal(await page.locator("#filters").isVisible(), false);
    assert.equal(await page.locator("aside nav").isVisible(), true);
    const mark = page.locator(".o .e").first();
    await mark.locator("a").focus();
    assert.equal(await mark.locator(".tip").isVisible(), true);
    await page.close();
  });

  await check("a report of nothing says so", async () => {
    const { status, url } = report("clean", write("clean.txt", "这里没有问题。\n"));
    assert.equal(status, 0);
    const { page } = await open(url);
    assert.match(await page.locator("aside").innerText(), /Nothing was found/);
    assert.deepEqual(await faults(page), []);
    await page.close();
  });

  await check("ten thousand edits scroll", async () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `第${index}行漢字，一些文字，電車。\n`);
    const { url } = report("large", write("large.txt", lines.join("")));
    const before = Date.now();
    const { page, complaints } = await open(url);
    const opened = Date.now() - before;
    const marks = await page.locator(".e").count();
    assert.ok(marks >= 20000, `${marks} marks`);
    const longest = await page.evaluate(async () => {
      let longest = 0;
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      for (let step = 1; step <= 40; step += 1) {
        const start = performance.now();
        scrollTo(0, (document.documentElement.scrollHeight * step) / 40);
        await frame();
        await frame();
        longest = Math.max(longest, performance.now() - start);
      }
      return Math.round(longest);
    });
    // How long it takes depends on the machine; that what is out of sight is not
    // rendered does not.
    console.log(`    opened in ${opened} ms, longest step ${longest} ms`);
    const rendered = (index) =>
      page.locator(".row").nth(index).evaluate((row) =>
        row.querySelector(".o, span").checkVisibility({ contentVisibilityAuto: true }),
      );
    await page.evaluate(() => scrollTo(0, 0));
    await page.waitForTimeout(200);
    assert.deepEqual([await rendered(1), await rendered(4000)], [true, false]);
    await page.locator(".row").nth(4000).scrollIntoViewIfNeeded();
    await page.waitForTimeout(200);
    assert.deepEqual([await rendered(1), await rendered(4000)], [false, true]);
    assert.deepEqual(complaints, []);
    await page.close();
  });
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}
