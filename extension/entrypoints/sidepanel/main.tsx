import { render } from 'preact';
import { App } from '../../panel/app.tsx';
import { createChromePort } from '../../panel/chrome-port.ts';
import { createStore } from '../../panel/store.ts';

const tabId = Number.parseInt(new URLSearchParams(location.search).get('tabId') ?? '', 10);
const store = createStore(createChromePort(Number.isNaN(tabId) ? null : tabId));
const root = document.getElementById('app');

store.start();
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void store.refresh();
});
if (root) render(<App store={store} />, root);
