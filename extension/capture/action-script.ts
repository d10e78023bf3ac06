import { z } from 'zod';
import type { ActionLine } from '#shared/capture.ts';

/** Isolated world of the script: pages see neither the script nor the binding. */
export const ACTION_WORLD = 'browser-recon';
export const ACTION_BINDING = 'reconAction';

/**
 * Runs in the page's isolated world, so it may name nothing outside itself. Reports trusted clicks, changes and submits by role, name and
 * place of the element; what was typed is never read.
 */
function reportActions(binding: string): void {
  // A recorder that attaches again runs it again in the same world.
  const mark = `${binding}Listening`;
  if (Reflect.get(globalThis, mark) === true) return;
  Reflect.set(globalThis, mark, true);

  const NAME_CHARS = 80;
  const TYPED = new Set([
    'text',
    'search',
    'email',
    'password',
    'tel',
    'url',
    'number',
    'date',
    'datetime-local',
    'month',
    'week',
    'time',
    'color',
    'range',
    'file',
    'hidden',
  ]);
  const ROLES: Record<string, string> = {
    A: 'link',
    BUTTON: 'button',
    SUMMARY: 'button',
    SELECT: 'combobox',
    TEXTAREA: 'textbox',
    FORM: 'form',
    OPTION: 'option',
    LABEL: 'label',
    IMG: 'img',
  };
  const INTERACTIVE = 'a,button,input,select,textarea,summary,label,option,form,[role],[onclick],[tabindex]';

  const isTyped = (element: Element) =>
    element instanceof HTMLTextAreaElement ||
    (element instanceof HTMLInputElement && TYPED.has(element.type)) ||
    (element instanceof HTMLElement && element.isContentEditable);

  const roleOf = (element: Element) => {
    const role = element.getAttribute('role');
    if (role) return role;
    if (!(element instanceof HTMLInputElement)) return ROLES[element.tagName] ?? element.tagName.toLowerCase();
    if (element.type === 'checkbox' || element.type === 'radio') return element.type;
    return TYPED.has(element.type) ? 'textbox' : 'button';
  };

  const nameOf = (element: Element) => {
    const labelled = (element.getAttribute('aria-labelledby') ?? '')
      .split(/\s+/)
      .map((id) => (id ? (document.getElementById(id)?.textContent ?? '') : ''));
    const field =
      element instanceof HTMLInputElement ||
      element instanceof HTMLSelectElement ||
      element instanceof HTMLTextAreaElement;
    const label = field ? (element.labels?.[0]?.textContent ?? '') : '';
    const button =
      element instanceof HTMLInputElement &&
      !TYPED.has(element.type) &&
      element.type !== 'checkbox' &&
      element.type !== 'radio'
        ? element.value
        : '';
    const holdsTyped = isTyped(element) || element.querySelector('[contenteditable],textarea') !== null;
    const text = field || holdsTyped || element instanceof HTMLFormElement ? '' : (element.textContent ?? '');
    const names = [
      element.getAttribute('aria-label') ?? '',
      labelled.join(' '),
      label,
      button,
      text,
      element.getAttribute('title') ?? '',
      element.getAttribute('placeholder') ?? '',
      element.getAttribute('alt') ?? element.querySelector('img[alt]')?.getAttribute('alt') ?? '',
      element.getAttribute('name') ?? '',
    ];
    for (const name of names) {
      const tidy = name.replace(/\s+/g, ' ').trim();
      if (tidy !== '') return tidy.slice(0, NAME_CHARS);
    }
    return '';
  };

  const pathOf = (element: Element) => {
    const steps: string[] = [];
    for (let at: Element | null = element; at !== null && steps.length < 6; at = at.parentElement) {
      const test = at.getAttribute('data-testid');
      if (test !== null && /^[\w-]{1,60}$/.test(test)) {
        steps.unshift(`[data-testid="${test}"]`);
        break;
      }
      if (/^[a-z][\w-]{0,40}$/i.test(at.id) && !/\d{3}/.test(at.id)) {
        steps.unshift(`#${at.id}`);
        break;
      }
      const tag = at.tagName.toLowerCase();
      const tagName = at.tagName;
      const twins =
        at.parentElement === null ? [] : [...at.parentElement.children].filter((other) => other.tagName === tagName);
      steps.unshift(twins.length > 1 ? `${tag}:nth-of-type(${twins.indexOf(at) + 1})` : tag);
    }
    return steps.join(' > ');
  };

  const report = (type: string, event: Event) => {
    if (!event.isTrusted) return;
    const [origin] = event.composedPath();
    if (!(origin instanceof Element)) return;
    const element = type === 'click' ? (origin.closest(INTERACTIVE) ?? origin) : origin;
    const send: unknown = Reflect.get(globalThis, binding);
    if (typeof send !== 'function') return;
    send.call(
      globalThis,
      JSON.stringify({
        type,
        t: Date.now(),
        role: roleOf(element),
        name: nameOf(element),
        path: pathOf(element),
        url: location.href,
      }),
    );
  };

  addEventListener(
    'click',
    (event) => {
      report('click', event);
    },
    true,
  );
  addEventListener(
    'change',
    (event) => {
      report('input', event);
    },
    true,
  );
  addEventListener(
    'submit',
    (event) => {
      report('submit', event);
    },
    true,
  );
}

export function actionScript(): string {
  return `(${reportActions.toString()})(${JSON.stringify(ACTION_BINDING)})`;
}

const payloadSchema = z.object({
  type: z.enum(['click', 'input', 'submit']),
  t: z.number(),
  role: z.string().max(60),
  name: z.string().max(80),
  path: z.string().max(600),
  url: z.string().max(4096),
});

/** How much earlier than its arrival an action may have happened, in milliseconds. */
const MAX_AGE_MS = 5000;

/** The line for what the script reported; null when it is not what the script sends. */
export function readAction(payload: unknown, now: number): ActionLine | null {
  let value: unknown;
  try {
    value = typeof payload === 'string' ? JSON.parse(payload) : null;
  } catch {
    return null;
  }
  const parsed = payloadSchema.safeParse(value);
  if (!parsed.success) return null;
  const { type, t, role, name, path, url } = parsed.data;
  const at = t <= now && t >= now - MAX_AGE_MS ? t : now;
  return { k: 'action', t: at, type, element: { role, name, path }, url };
}
