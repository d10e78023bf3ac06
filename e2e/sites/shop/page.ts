/** The one HTML document of the shop; everything in it is drawn by `public/app.js`. */
export function renderShell(csrfToken: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="csrf-token" content="${csrfToken}">
    <meta name="description" content="Lamps, linen and useful things for a house by the sea.">
    <title>Harbour Goods</title>
    <link rel="icon" href="/img/logo.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/assets/style.css">
    <script type="module" src="/assets/app.js"></script>
  </head>
  <body>
    <a class="skip" href="#content">Skip to content</a>
    <header class="top">
      <a class="brand" href="/"><img src="/img/logo.svg" alt="" width="32" height="32"><span>Harbour Goods</span></a>
      <form id="search-form" role="search">
        <label class="hidden" for="search-input">Search products</label>
        <input id="search-input" type="search" name="q" placeholder="Search lamps, linen, tins" autocomplete="off">
        <label class="hidden" for="sort">Sort by</label>
        <select id="sort" name="sort">
          <option value="price">Price</option>
          <option value="rating">Rating</option>
          <option value="newest">Newest</option>
        </select>
        <button id="search-button" type="submit">Search</button>
      </form>
      <span id="account" class="account"></span>
      <a id="cart-link" class="cart-link" href="/cart">Cart <span id="cart-count">0</span></a>
    </header>
    <nav id="categories" class="categories" aria-label="Categories"></nav>
    <main id="content" tabindex="-1"></main>
    <footer class="bottom">Harbour Goods is a sample shop. Nothing here can be bought.</footer>
    <noscript>This shop needs JavaScript.</noscript>
  </body>
</html>
`;
}
