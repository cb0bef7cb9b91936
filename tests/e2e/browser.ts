import { chromium, type Browser, type Page } from 'playwright-core';

const quiet = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launchBrowser = (hasWebgl = true): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [...quiet, ...(hasWebgl ? ['--enable-unsafe-swiftshader'] : ['--disable-gpu', '--disable-3d-apis'])],
  });

export interface OpenPage {
  readonly page: Page;
  /** What a person would see in the console as an error: none may be left at the end. */
  readonly problems: string[];
}

/** A new person at a new desk: own cookies, and every tone that is started is counted. */
export async function openPage(
  browser: Browser,
  address: string,
  locale = 'zh-CN',
  size = { width: 1440, height: 900 },
): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: size, locale, baseURL: address, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    const isExpected = /401|Failed to load resource|WebSocket connection/.test(message.text());
    if (message.type() === 'error' && !isExpected) problems.push(message.text());
  });
  await page.addInitScript(() => {
    let tones = 0;
    // oxlint-disable-next-line typescript/unbound-method -- applied to its own node below
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) {
      tones += 1;
      document.documentElement.dataset['tones'] = String(tones);
      return start.apply(this, when);
    };
  });
  return { page, problems };
}

export const tonesPlayed = async (page: Page): Promise<number> =>
  Number((await page.evaluate(() => document.documentElement.dataset['tones'])) ?? 0);
