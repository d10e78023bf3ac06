import { expect, it } from 'vitest';
import { targetLineSchema } from '#shared/capture.ts';
import { savedTreeSchema, TargetTree } from './target-tree.ts';

const attached = (sessionId: string, type: string) => ({
  sessionId,
  targetInfo: { targetId: 't', type, url: 'https://a.test/' },
});

it('names sessions: none for the recorded tab, its own for a pop-up, the browser’s for what is inside', () => {
  const tree = new TargetTree({ mainTab: 1, tabs: [], children: [] });
  expect(tree.addTab(1, 0).s).toBeUndefined();
  expect(tree.addTab(2, 0).s).toBe('tab-2');
  expect(tree.addChild({ tabId: 1 }, attached('S', 'iframe'), 0)?.line).toMatchObject({ s: 'S', type: 'iframe' });
  expect(tree.addChild({ tabId: 2 }, attached('T', 'worker'), 0)?.line).toMatchObject({ s: 'T', parent: 'tab-2' });
  expect(
    targetLineSchema.parse(tree.addChild({ tabId: 1, sessionId: 'S' }, attached('U', 'iframe'), 0)?.line).parent,
  ).toBe('S');
});

it('loses with a tab what is inside it', () => {
  const tree = new TargetTree({ mainTab: 1, tabs: [1, 2], children: [] });
  tree.addChild({ tabId: 1 }, attached('S', 'iframe'), 0);
  tree.addChild({ tabId: 2 }, attached('T', 'worker'), 0);
  expect(tree.removeTab(2, 'closed', 5)).toMatchObject({ state: 'detached', s: 'tab-2', reason: 'closed' });
  expect(tree.removeTab(2, 'closed', 5)).toBeNull();
  expect(tree.children).toEqual([{ tabId: 1, sessionId: 'S' }]);
});

it('is the same after it was saved', () => {
  const tree = new TargetTree({ mainTab: 1, tabs: [1], children: [] });
  tree.addChild({ tabId: 1 }, attached('S', 'service_worker'), 0);
  const again = new TargetTree(savedTreeSchema.parse(JSON.parse(JSON.stringify(tree.save()))));
  expect(again.children).toEqual(tree.children);
  expect(again.removeChild({ sessionId: 'S' }, 9)).toMatchObject({ state: 'detached', type: 'service_worker' });
});

it('passes over what it cannot read', () => {
  const tree = new TargetTree({ mainTab: 1, tabs: [1], children: [] });
  expect(tree.addChild({ tabId: 1 }, { sessionId: 7 }, 0)).toBeNull();
  expect(tree.removeChild(null, 0)).toBeNull();
});
