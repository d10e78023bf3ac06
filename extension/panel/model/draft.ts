import type { Consent, StarterTemplate } from '#shared/api.ts';
import type { RequestMessage } from '../../messages.ts';
import type { Site } from './site.ts';

/** What the start view holds before Record is pressed. */
export interface Draft {
  intentText: string;
  template: StarterTemplate;
  entitled: boolean;
  replay: Consent['replay'];
  model: boolean;
  reload: boolean;
}

export const EMPTY_DRAFT: Draft = {
  intentText: '',
  template: 'custom',
  entitled: false,
  replay: 'anonymous',
  model: false,
  reload: true,
};

/** Longest intent the server takes, in characters. */
export const INTENT_LIMIT = 2000;

/** What each answer does and what it costs, said before it is given. */
export const REPLAY_CHOICES: Readonly<Record<Consent['replay'], { label: string; effect: string }>> = {
  off: {
    label: 'Off',
    effect: 'Nothing is sent to the site. The report cannot say which client works. Costs nothing.',
  },
  anonymous: {
    label: 'Anonymous',
    effect:
      'Repeats a few reading requests without your cookies, slowly. Costs the site a few requests, you about a minute.',
  },
  session: {
    label: 'My session',
    effect: 'Repeats them with your recorded cookies too, so the site sees them as yours. Costs about two minutes.',
  },
};

export const MODEL_EFFECTS = {
  on: 'A language model writes names and notes. It sees scrubbed data only. Uses paid tokens; the report says how many.',
  off: 'Names and notes come from fixed rules. Costs nothing.',
} as const;

export type StartProblem = { field: 'entitled' | 'site'; message: string };

/** Why recording cannot start yet; null when it can. */
export function findStartProblem(draft: Draft, site: Site): StartProblem | null {
  if (site.kind === 'refused' || site.kind === 'none') return { field: 'site', message: site.detail };
  if (!draft.entitled) {
    return { field: 'entitled', message: 'Confirm that you may collect from this site. Nothing is recorded before.' };
  }
  return null;
}

/** The message that starts a recording; null while `findStartProblem` names a reason. */
export function toStartMessage(draft: Draft, tabId: number): Extract<RequestMessage, { type: 'start' }> | null {
  if (!draft.entitled) return null;
  return {
    type: 'start',
    tabId,
    intentText: draft.intentText.trim().slice(0, INTENT_LIMIT),
    starterTemplate: draft.template,
    consent: { entitled: true, replay: draft.replay, model: draft.model },
    reload: draft.reload,
  };
}
