// Fills in the form of an inspection as an inspector without a network does, and says what happened.
//
// Told on the command line, as JSON: where the file, Chromium and a folder to save in are, and what is
// found. Says what it saw as one JSON document.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const { executable, file, folder, found, profile } = JSON.parse(process.argv[2]);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const address = pathToFileURL(file).href;
const seen = { requests: [], errors: [] };
const options = {
  executablePath: executable,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
};

// One profile on disk, so that the browser itself can be closed in between, as a laptop is.
async function open(more = {}) {
  const context = await chromium.launchPersistentContext(profile, { ...options, offline: true, ...more });
  const page = context.pages()[0] ?? (await context.newPage());
  page.on("request", (asked) => {
    if (asked.url() !== address && !asked.url().startsWith("blob:")) seen.requests.push(asked.url());
  });
  page.on("console", (said) => {
    if (said.type() === "error") seen.errors.push(said.text());
  });
  page.on("pageerror", (failure) => seen.errors.push(String(failure)));
  await page.goto(address);
  return [context, page];
}

const id = (name) => `[id="${name}"]`;

// By keyboard alone: go to the chosen answer as somebody without a mouse does.
async function answer(page, one) {
  const key = `${one.site}-${one.criterion}`;
  await page.focus(id(`j-${key}-${one.judgement}`));
  await page.keyboard.press("Space");
  if (one.finding) await page.fill(id(`finding-${key}`), one.finding);
  if (one.note) await page.fill(id(`note-${key}`), one.note);
  if (!one.method) return;
  await page.focus(id(`m-${key}-${one.method}`));
  await page.keyboard.press("Space");
  await page.fill(id(`seen-${key}`), one.seen_on);
}

async function look(page) {
  await page.evaluate(axe);
  const told = await page.evaluate((rules) => globalThis.axe.run(document, { runOnly: rules }), RULES);
  return told.violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`);
}

let [context, page] = await open();
seen.begun = await page.textContent("#kept");
await page.click("#save");
seen.faults = await page.$$eval("#faults li", (all) => all.map((one) => one.textContent));
seen.focused = await page.evaluate(() => document.activeElement.id);
for (const one of found) await answer(page, one);
const last = found.at(-1).finding;
await page.waitForFunction((words) => JSON.stringify(localStorage).includes(words), last);
await context.close();

[context, page] = await open();
seen.again = await page.textContent("#kept");
const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
seen.saved = join(folder, download.suggestedFilename());
await download.saveAs(seen.saved);
seen.told = await page.textContent("#saved");
page.once("dialog", (asked) => asked.accept());
await page.click("#erase");
seen.left = await page.evaluate(() => localStorage.length);
await page.reload();
seen.erased = await page.$$eval("textarea", (all) => all.map((one) => one.value).join(""));
await context.close();

[context, page] = await open({ bypassCSP: true }); // for axe alone, which is put in
seen.violations = await look(page);
await page.click("#save");
seen.violations.push(...(await look(page)));
await context.close();

[context, page] = await open({ javaScriptEnabled: false });
await page.emulateMedia({ media: "print" });
const shown = (selector) => page.locator(selector).first().isVisible();
seen.paper = {
  criterion: await shown(".criterion"),
  signature: await shown(".paper"),
  buttons: await shown("button"),
  pdf: (await page.pdf()).length,
};
await context.close();
console.log(JSON.stringify(seen));
