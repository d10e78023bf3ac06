/** Small enhancements; the page reads fully without them. Inline, allowed by its hash. Touches text only, never markup. */
export const SCRIPT = `
(function () {
  'use strict';
  var all = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); };
  function reveal() {
    var id = location.hash.slice(1);
    var target = id && document.getElementById(id);
    for (var node = target; node; node = node.parentElement) if (node.tagName === 'DETAILS') node.open = true;
    if (target) target.scrollIntoView();
  }
  addEventListener('hashchange', reveal);
  if (location.hash) reveal();
  addEventListener('beforeprint', function () { all('details').forEach(function (item) { item.removeAttribute('name'); item.open = true; }); });
  all('.codebox').forEach(function (box) {
    var pre = box.querySelector('pre');
    var button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.addEventListener('click', function () {
      var done = function () { button.textContent = 'Copied'; setTimeout(function () { button.textContent = 'Copy'; }, 1500); };
      var select = function () { getSelection().selectAllChildren(pre); button.textContent = 'Selected'; };
      if (navigator.clipboard) navigator.clipboard.writeText(pre.textContent).then(done, select); else select();
    });
    box.appendChild(button);
  });
  var seconds = Number(document.body.getAttribute('data-refresh'));
  if (seconds) setTimeout(function () { location.reload(); }, seconds * 1000);
  var find = document.querySelector('.find');
  if (!find) return;
  var input = find.querySelector('input');
  var output = find.querySelector('output');
  var items = all('[data-find]');
  var texts = items.map(function (item) { return item.getAttribute('data-find').toLowerCase(); });
  find.hidden = false;
  function filter() {
    var words = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
    var shown = 0;
    items.forEach(function (item, index) {
      var fits = words.every(function (word) { return texts[index].indexOf(word) >= 0; });
      item.hidden = !fits;
      if (fits) { shown++; if (words.length) for (var node = item.parentElement; node; node = node.parentElement) if (node.tagName === 'DETAILS') node.open = true; }
    });
    output.textContent = words.length ? shown + ' of ' + items.length : '';
  }
  input.addEventListener('input', filter);
  addEventListener('keydown', function (event) {
    var tag = event.target && event.target.tagName;
    if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && tag !== 'INPUT' && tag !== 'TEXTAREA') { event.preventDefault(); input.focus(); }
    if (event.key === 'Escape' && event.target === input) { input.value = ''; filter(); input.blur(); }
  });
})();
`;
