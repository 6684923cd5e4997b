// Lighthouse over pages in one browser: node lighthouse.mjs CATEGORIES URL... prints one report a line, as JSON.
import * as chromeLauncher from 'chrome-launcher';
import lighthouse from 'lighthouse';

const [categories, ...pages] = process.argv.slice(2);
const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
// By default Lighthouse waits five seconds for a page to be quiet. Ours ask for nothing after a second.
const quiet = { pauseAfterFcpMs: 500, pauseAfterLoadMs: 500, networkQuietThresholdMs: 1000, cpuQuietThresholdMs: 1000 };
const chrome = await chromeLauncher.launch({ chromePath: process.env.CHROME_PATH, chromeFlags: flags, logLevel: 'silent' });
try {
  for (const page of pages) {
    const { lhr } = await lighthouse(page, { port: chrome.port, logLevel: 'silent', disableFullPageScreenshot: true, onlyCategories: categories.split(','), ...quiet });
    process.stdout.write(JSON.stringify(lhr) + '\n');
  }
} finally {
  await chrome.kill();
}
