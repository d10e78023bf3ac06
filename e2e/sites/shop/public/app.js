/* global document, history, location, window, navigator, URLSearchParams, Event */

const PAGE_SIZE = 12;
const REVIEWS_SIZE = 5;
const content = document.querySelector('#content');
const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });

/** Counts navigations, so that an answer for a page already left draws nothing. */
let visit = 0;

class ShopError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function call(path, body) {
  const csrf = document.querySelector('meta[name="csrf-token"]').content;
  const response = await fetch(path, {
    headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json', 'x-csrf-token': csrf }) },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new ShopError(response.status, answer.error.message);
  return answer;
}

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'onclick' || name === 'onsubmit') node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false && value !== undefined && value !== null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function track(event) {
  const other = location.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  const payload = { event, page: location.pathname, title: document.title, screen: window.innerWidth, site: 'hg-1' };
  navigator.sendBeacon(
    `${location.protocol}//${other}:${location.port}/collect?v=2&site=hg-1`,
    JSON.stringify(payload),
  );
}

function priceOf(product) {
  return make(
    'p',
    { class: 'price' },
    money.format(product.price),
    product.discount ? make('s', {}, money.format(product.discount.listPrice)) : null,
    product.discount ? make('span', { class: 'tag' }, `${product.discount.percent} % off`) : null,
  );
}

function ratingOf(product) {
  if (product.rating === null) return make('p', { class: 'rating' }, 'No reviews yet');
  const count = product.reviewCount ?? product.total;
  return make('p', { class: 'rating' }, `★ ${product.rating.toFixed(1)} of 5 · ${count} reviews`);
}

function cardOf(product) {
  return make(
    'li',
    { class: 'card', 'data-product': product.id },
    make('img', { src: product.imageUrl, alt: '', width: 320, height: 280 }),
    make('h2', {}, make('a', { href: `/products/${product.id}` }, product.name)),
    priceOf(product),
    ratingOf(product),
    product.inStock ? null : make('p', { class: 'out' }, 'Sold out for now'),
  );
}

function gridOf(id, items) {
  return make('ul', { id, class: 'grid', role: 'list' }, ...items.map(cardOf));
}

/** Runs `load` with the button waiting, and says so when it fails. */
async function during(button, load) {
  button.disabled = true;
  button.setAttribute('aria-busy', 'true');
  try {
    await load();
  } catch (error) {
    say(error instanceof ShopError ? error.message : 'The shop cannot be reached. Try again.');
  } finally {
    button.disabled = false;
    button.removeAttribute('aria-busy');
  }
}

function say(text) {
  content.querySelector('.say')?.remove();
  content.append(make('p', { class: 'say', role: 'status' }, text));
}

async function showList(mine) {
  const category = new URLSearchParams(location.search).get('category');
  const narrow = category ? `&category=${encodeURIComponent(category)}` : '';
  let page = 1;
  const load = () => call(`/api/products?page=${page}&limit=${PAGE_SIZE}${narrow}`);
  const first = await load();
  if (mine !== visit) return;
  const list = gridOf('product-list', first.items);
  const more = make(
    'button',
    {
      id: 'load-more',
      type: 'button',
      onclick: () =>
        during(more, async () => {
          page += 1;
          const next = await load();
          list.append(...next.items.map(cardOf));
          more.hidden = page >= next.totalPages;
          shown.textContent = `${list.children.length} of ${next.total} products`;
        }),
    },
    'Load more',
  );
  more.hidden = first.totalPages <= 1;
  const shown = make('p', { class: 'quiet', role: 'status' }, `${first.items.length} of ${first.total} products`);
  draw(category ? `Shop: ${category}` : 'Everything in the shop', shown, list, more);
}

async function showSearch(mine) {
  const asked = new URLSearchParams(location.search);
  const query = asked.get('q') ?? '';
  const sort = asked.get('sort') ?? 'price';
  document.querySelector('#search-input').value = query;
  document.querySelector('#sort').value = sort;
  const found = await call(`/api/products/search?${new URLSearchParams({ q: query, sort })}`);
  if (mine !== visit) return;
  const count = make('p', { class: 'quiet', role: 'status' }, `${found.total} products found, sorted by ${sort}`);
  draw(`Results for “${query}”`, count, gridOf('search-results', found.items));
}

function reviewOf(review) {
  return make(
    'li',
    { class: 'review' },
    make('h3', {}, review.title),
    make(
      'p',
      { class: 'quiet' },
      `★ ${review.rating} · ${review.author} · ${day.format(new Date(review.createdAt))}${review.verified ? ' · bought here' : ''}`,
    ),
    make('p', {}, review.body),
    review.reply ? make('p', { class: 'reply' }, `Harbour Goods: ${review.reply.body}`) : null,
  );
}

async function showReviews(productId, section, mine) {
  const list = make('ul', { id: 'reviews', role: 'list' });
  let cursor = null;
  const load = async () => {
    const at = cursor === null ? '' : `cursor=${encodeURIComponent(cursor)}&`;
    const answer = await call(`/api/products/${productId}/reviews?${at}limit=${REVIEWS_SIZE}`);
    if (mine !== visit) return;
    cursor = answer.nextCursor;
    list.append(...answer.items.map(reviewOf));
    more.hidden = cursor === null;
    if (answer.total === 0) section.append(make('p', { class: 'quiet' }, 'Nobody has written yet.'));
  };
  const more = make(
    'button',
    { id: 'load-more-reviews', type: 'button', onclick: () => during(more, load) },
    'Load more reviews',
  );
  more.hidden = true;
  section.append(list, more);
  await load();
}

async function showProduct(mine, id) {
  const product = await call(`/api/products/${id}`);
  if (mine !== visit) return;
  const quantity = make('input', { id: 'quantity', type: 'number', min: 1, max: 20, value: 1 });
  const add = make(
    'button',
    { id: 'add-to-cart', type: 'submit', class: 'main', disabled: !product.inStock },
    'Add to cart',
  );
  const added = make('p', { id: 'added', class: 'quiet', role: 'status' });
  const form = make(
    'form',
    {
      class: 'buy',
      onsubmit: (event) => {
        event.preventDefault();
        void during(add, async () => {
          const answer = await call('/api/cart/items', { productId: product.id, quantity: Number(quantity.value) });
          document.querySelector('#cart-count').textContent = answer.itemCount;
          added.textContent = `${answer.item.quantity} in the cart`;
          track('add_to_cart');
        });
      },
    },
    make('label', { for: 'quantity' }, 'Quantity'),
    quantity,
    add,
    added,
  );
  const facts = [
    ['Article', product.sku],
    ['Made of', product.materials.join(', ')],
    ['Size', `${product.dimensions.widthCm} × ${product.dimensions.heightCm} × ${product.dimensions.depthCm} cm`],
    ['Weight', product.weightKg === null ? 'not measured' : `${product.weightKg} kg`],
    ['Availability', product.inStock ? 'in stock' : `again on ${day.format(new Date(product.restockAt))}`],
  ];
  const reviews = make(
    'section',
    { class: 'reviews', 'aria-labelledby': 'reviews-title' },
    make('h2', { id: 'reviews-title' }, 'Reviews'),
  );
  draw(
    product.name,
    make(
      'article',
      { id: 'product', class: 'product', 'data-product': product.id },
      make('img', { src: product.imageUrl, alt: `Drawing of ${product.name}`, width: 320, height: 280 }),
      make(
        'div',
        {},
        priceOf(product),
        ratingOf(product),
        make('p', {}, product.description),
        form,
        make('dl', {}, ...facts.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)])),
      ),
    ),
    make(
      'section',
      { 'aria-labelledby': 'related-title' },
      make('h2', { id: 'related-title' }, 'From the same shelf'),
      make(
        'ul',
        { id: 'related', class: 'related', role: 'list' },
        ...product.related.map((other) =>
          make(
            'li',
            {},
            make('img', { src: other.imageUrl, alt: '', width: 64, height: 56 }),
            make('a', { href: `/products/${other.id}` }, other.name),
            make('span', { class: 'quiet' }, money.format(other.price)),
          ),
        ),
      ),
    ),
    reviews,
  );
  await showReviews(product.id, reviews, mine);
}

async function showCart(mine) {
  const cart = await call('/api/cart');
  if (mine !== visit) return;
  const lines = cart.items.map((item) =>
    make(
      'li',
      {},
      make('img', { src: item.imageUrl, alt: '', width: 64, height: 56 }),
      make('a', { href: `/products/${item.productId}` }, item.name),
      make('span', { class: 'quiet' }, `${item.quantity} × ${money.format(item.unitPrice)}`),
      make('strong', {}, money.format(item.lineTotal)),
    ),
  );
  draw(
    'Your cart',
    cart.itemCount === 0
      ? make('p', { id: 'cart-empty' }, 'Nothing in it yet.')
      : make('ul', { id: 'cart-items', class: 'related', role: 'list' }, ...lines),
    make('p', { id: 'cart-total', class: 'total' }, `Together ${money.format(cart.subtotal)}`),
  );
}

function draw(title, ...nodes) {
  document.title = `${title} – Harbour Goods`;
  content.replaceChildren(make('h1', {}, title), ...nodes);
}

async function show() {
  visit += 1;
  const mine = visit;
  const product = /^\/products\/(\d+)$/.exec(location.pathname);
  content.setAttribute('aria-busy', 'true');
  try {
    if (location.pathname === '/') await showList(mine);
    else if (location.pathname === '/search') await showSearch(mine);
    else if (location.pathname === '/cart') await showCart(mine);
    else if (product) await showProduct(mine, product[1]);
    else draw('Nothing here', make('p', {}, 'This page does not exist. ', make('a', { href: '/' }, 'To the shop')));
  } catch (error) {
    if (mine !== visit) return;
    if (error instanceof ShopError)
      draw(error.status === 404 ? 'Not found' : 'That did not work', make('p', {}, error.message));
    else draw('The shop cannot be reached', make('p', {}, 'Check the connection and load the page again.'));
  }
  if (mine !== visit) return;
  content.removeAttribute('aria-busy');
  track('page_view');
}

function go(address) {
  history.pushState(null, '', address);
  window.scrollTo(0, 0);
  void show();
}

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href^="/"]');
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  go(link.getAttribute('href'));
});

document.querySelector('#search-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const q = document.querySelector('#search-input').value.trim();
  if (q) go(`/search?${new URLSearchParams({ q, sort: document.querySelector('#sort').value })}`);
});

document.querySelector('#sort').addEventListener('change', () => {
  if (location.pathname === '/search')
    document.querySelector('#search-form').dispatchEvent(new Event('submit', { cancelable: true }));
});

window.addEventListener('popstate', () => void show());

async function greet() {
  const [me, cart, categories] = await Promise.all([call('/api/me'), call('/api/cart'), call('/api/categories')]);
  document.querySelector('#account').textContent = me.email;
  document.querySelector('#cart-count').textContent = cart.itemCount;
  document
    .querySelector('#categories')
    .replaceChildren(
      make('a', { href: '/' }, 'All'),
      ...categories.items.map((category) => make('a', { href: `/?category=${category.id}` }, category.name)),
    );
}

void greet();
void show();
