import type { Page } from 'puppeteer';

const PAGE_SIZE = 12;
const REVIEWS_SIZE = 5;
/** A product with more than one page of reviews and, on its shelf, another such product in stock. */
const FIRST_PRODUCT = 1001;

/**
 * An ordinary visit: list, load more, search, two product pages (the second by a link in the page), reviews, cart.
 * Waits for what the page shows, never for time.
 * @throws puppeteer's TimeoutError when the page does not show what it should
 */
export async function visitShop(page: Page, origin: string): Promise<void> {
  await page.bringToFront();
  await page.goto(`${origin}/`);
  await page.waitForSelector(`#product-list > li:nth-child(${PAGE_SIZE})`);
  await page.waitForSelector('#categories a:nth-child(2)');
  await page.locator('#load-more').click();
  await page.waitForSelector(`#product-list > li:nth-child(${PAGE_SIZE * 2})`);

  await page.locator('#search-input').fill('lamp');
  await page.locator('#search-button').click();
  await page.waitForSelector('#search-results > li');

  await page.goto(`${origin}/p/${FIRST_PRODUCT}`);
  await page.waitForSelector(`#product[data-product="${FIRST_PRODUCT}"]`);
  await page.waitForSelector(`#reviews > li:nth-child(${REVIEWS_SIZE})`);

  await page.locator('#related li:first-child a').click();
  await page.waitForSelector(`#product:not([data-product="${FIRST_PRODUCT}"])`);
  await page.waitForSelector(`#reviews > li:nth-child(${REVIEWS_SIZE})`);
  await page.locator('#load-more-reviews').click();
  await page.waitForSelector(`#reviews > li:nth-child(${REVIEWS_SIZE + 1})`);

  await page.locator('#add-to-cart').click();
  await page.waitForSelector('#added:not(:empty)');
  await page.locator('#cart-link').click();
  await page.waitForSelector('#cart-items > li');
  await page.waitForSelector('#content:not([aria-busy])');
}
