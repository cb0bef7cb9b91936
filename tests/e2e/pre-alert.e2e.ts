import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openPage, tonesPlayed, type OpenPage } from './browser.ts';
import { startWholeRegion, type WholeRegion } from './whole-region.ts';

const DESK = 'donghu-peoples';
let region: WholeRegion;
let browser: Browser;
let nurse: OpenPage;
let caseId: string;

beforeAll(async () => {
  [region, browser] = await Promise.all([startWholeRegion(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await region?.stop();
});

test('a nurse signs in with one tap, which opens sound and the board of her desk', async () => {
  nurse = await openPage(browser, region.address);
  const { page } = nurse;
  await page.goto('/signin');
  await page.getByRole('button', { name: /林护士/ }).click();
  await page.waitForURL(/\/desk\/donghu-peoples/);
  await page
    .getByText('没有在途', { exact: false })
    .or(page.getByText('无在途', { exact: false }))
    .first()
    .waitFor();
});

test('what a crew presses in the ambulance is on the desk within a second, with sound, and answered by a key', async () => {
  const { page } = nurse;
  const { vehicle } = region;
  caseId = await vehicle.openCase({ ageYears: 58, sex: 'male' }, 'chest-pain');
  await vehicle.record(caseId, 'identity.attached', { personId: 'p-58' }, { name: '赵大山' });
  await vehicle.record(caseId, 'destination.chosen', { hospitalId: DESK, reason: 'nearest' });
  const tonesBefore = await tonesPlayed(page);
  const pressedAtMs = performance.now();
  await vehicle.requestPreAlert(caseId, 'chest-pain', DESK);
  await page.getByText('赵大山', { exact: false }).first().waitFor({ timeout: 5_000 });
  const tookMs = performance.now() - pressedAtMs;
  console.log(`pressed to shown ${tookMs.toFixed(0)} ms`);
  expect(tookMs).toBeLessThan(1_000);
  await expect.poll(() => tonesPlayed(page), { timeout: 3_000 }).toBeGreaterThan(tonesBefore);
  await page.keyboard.press('a');
  await page
    .getByText(/林护士.*已?接收/)
    .first()
    .waitFor({ timeout: 5_000 });
});

test('the crew sees who accepted, and when, on the vehicle', async () => {
  await expect
    .poll(() => region.vehicle.shown(caseId), { timeout: 5_000 })
    .toContain('"answer":"accept","byName":"林护士"');
  // The page says that it has drawn it beside the nurse's key, in no order.
  await expect.poll(() => region.vehicle.shown(caseId), { timeout: 5_000 }).toMatch(/"displayedAtMs":\d{13}/);
});

test('an accepted pre-alert makes no sound any more', async () => {
  const { page } = nurse;
  await expect.poll(() => page.title()).not.toContain('!!!');
});

test('another hospital sees nothing of the case', async () => {
  const other = await openPage(browser, region.address);
  await other.page.goto('/signin');
  await other.page.getByRole('button', { name: /沈护士/ }).click();
  await other.page.waitForURL(/\/desk\//);
  const answer = await other.page.evaluate(async (id) => (await fetch(`/v1/cases/${id}`)).status, caseId);
  expect(answer).toBe(404);
  await other.page.context().close();
});

test('the case page shows its timeline and its missing readings as missing', async () => {
  const { page } = nurse;
  await page.goto(`/case/${caseId}`);
  await page.getByText('赵大山', { exact: false }).first().waitFor();
  await page.getByText('林护士', { exact: false }).first().waitFor();
  expect(await page.locator('.vital.is-none').count()).toBeGreaterThan(0);
});

test('the region map names units and cases, also without WebGL', async () => {
  for (const hasWebgl of [true, false]) {
    const own = hasWebgl ? browser : await launchBrowser(false);
    const coordinator = await openPage(own, region.address, 'zh-CN', { width: 1000, height: 620 });
    await coordinator.page.goto('/signin');
    await coordinator.page.getByRole('button', { name: /许调度/ }).click();
    await coordinator.page.waitForURL(/\/map/);
    await coordinator.page.getByText('东湖县人民医院', { exact: false }).first().waitFor({ timeout: 15_000 });
    expect(coordinator.problems).toEqual([]);
    await coordinator.page.context().close();
    if (!hasWebgl) await own.close();
  }
});

test('English is complete: no Chinese is left on the desk but names of people and places', async () => {
  const english = await openPage(browser, region.address, 'en-GB');
  await english.page.goto('/signin');
  await english.page.getByRole('button', { name: /林护士/ }).click();
  await english.page.waitForURL(/\/desk\//);
  await english.page.getByRole('button', { name: 'EN' }).click();
  await english.page.getByText('This desk').first().waitFor();
  // Nobody is led to where they may not go.
  expect(await english.page.getByText('Region map').count()).toBe(0);
  const words = await english.page.evaluate(() => document.body.innerText);
  const left = words
    .split('\n')
    .filter(
      (line) =>
        /[\u4e00-\u9fff]/.test(line) && !/林护士|赵大山|王急救|急救\d|五中心|东湖|中文|^[胸卒创新产急]$/.test(line),
    );
  expect(left).toEqual([]);
  await english.page.context().close();
});

test('axe finds no violation on sign-in, desk and case', async () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const { page } = nurse;
  for (const place of ['/signin', `/desk/${DESK}-triage`, `/case/${caseId}`]) {
    await page.goto(place);
    await page.waitForLoadState('networkidle');
    const found = await page.evaluate(
      `${axe}; axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }).then((r) => r.violations.map((x) => x.id + ': ' + x.nodes.map((n) => n.target).join(' ')))`,
    );
    expect(found, place).toEqual([]);
  }
});

test('a dead server is said within 10 s and the page comes back by itself (L7)', async () => {
  const { page } = nurse;
  await page.goto(`/desk/${DESK}-triage`);
  await page.getByText('赵大山', { exact: false }).first().waitFor();
  await region.killServer();
  await page.locator('.banner.link').waitFor({ timeout: 12_000 });
  await region.startServer();
  await page.locator('.banner.link').waitFor({ state: 'detached', timeout: 30_000 });
  await page.getByText('赵大山', { exact: false }).first().waitFor();
  expect(nurse.problems).toEqual([]);
});
