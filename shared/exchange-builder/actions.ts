import type { ActionLine } from '../capture.ts';
import type { Action } from '../exchange.ts';
import { toIsoTime } from './clock.ts';
import type { Draft } from './draft.ts';

/** How long after an action a request still counts as caused by it, in milliseconds. */
const WINDOW_MS = 1500;
/** The same for what a request of the action's own caused in turn. */
const INHERIT_MS = 10_000;

interface ActionDraft {
  t: number;
  action: Action;
}

/** A change of the address without a load of its own. */
export interface InPageNavigation {
  t: number;
  url: string;
}

function pathOf(url: string): string {
  return URL.parse(url)?.pathname ?? '';
}

function toDraft(t: number, line: Pick<ActionLine, 'type' | 'element' | 'url'>): ActionDraft {
  const { role, name, path } = line.element ?? { role: 'page', name: pathOf(line.url), path: '' };
  const action: Action = {
    id: 'a0',
    at: toIsoTime(t),
    type: line.type,
    role,
    name,
    path,
    url: line.url,
    exchanges: [],
  };
  return { t, action };
}

/** Navigations that no other action explains become actions of their own. */
function addNavigations(
  lines: readonly ActionDraft[],
  documents: readonly Draft[],
  inPage: readonly InPageNavigation[],
): ActionDraft[] {
  const moves = [
    ...documents.map(({ startMs, exchange }) => ({ t: startMs, url: exchange.request.url })),
    ...inPage,
  ].sort((a, b) => a.t - b.t);
  const added: ActionDraft[] = [];
  let before = -1;
  let lastUrl = '';
  for (const { t, url } of moves) {
    while ((lines[before + 1]?.t ?? Infinity) <= t) before += 1;
    const explained = t - (lines[before]?.t ?? -Infinity) <= WINDOW_MS;
    if (!explained && url !== lastUrl) added.push(toDraft(t, { type: 'navigate', url }));
    lastUrl = url;
  }
  return added;
}

/**
 * What the user did, in order, each action with the exchanges it caused: those that start in the window after it and before the
 * next action, and those that these caused in turn (redirects, preflights, requests of a script or document they loaded).
 * `documents` are the top-level page loads; both lists of exchanges are sorted by start and already linked.
 */
export function correlateActions(
  lines: readonly ActionLine[],
  exchanges: readonly Draft[],
  documents: readonly Draft[],
  inPage: readonly InPageNavigation[],
): Action[] {
  const acted = lines.map((line) => toDraft(line.t, line)).sort((a, b) => a.t - b.t);
  const drafts = [...acted, ...addNavigations(acted, documents, inPage)].sort((a, b) => a.t - b.t);
  drafts.forEach(({ action }, n) => {
    action.id = `a${n}`;
  });
  const parents = parentsOf(exchanges);
  const owners = new Map<string, ActionDraft>();
  let current = -1;
  for (const { startMs, exchange } of exchanges) {
    while ((drafts[current + 1]?.t ?? Infinity) <= startMs) current += 1;
    const latest = drafts[current];
    if (latest === undefined) continue;
    const age = startMs - latest.t;
    const caused = parents.get(exchange.id)?.some((id) => owners.get(id) === latest) === true;
    if (age > (caused ? INHERIT_MS : WINDOW_MS)) continue;
    owners.set(exchange.id, latest);
    exchange.action = latest.action.id;
    latest.action.exchanges.push(exchange.id);
  }
  return drafts.map(({ action }) => action);
}

function parentsOf(exchanges: readonly Draft[]): Map<string, string[]> {
  const parents = new Map<string, string[]>();
  const add = (child: string, parent: string) => {
    const list = parents.get(child);
    if (list === undefined) parents.set(child, [parent]);
    else list.push(parent);
  };
  for (const { exchange } of exchanges) {
    if (exchange.redirectTo !== null) add(exchange.redirectTo, exchange.id);
    if (exchange.preflightOf !== null) add(exchange.id, exchange.preflightOf);
    if (exchange.initiator.exchange !== undefined) add(exchange.id, exchange.initiator.exchange);
  }
  return parents;
}
