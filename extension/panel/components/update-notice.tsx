import type { PanelState } from '../../messages.ts';
import { Icon } from '../icons.tsx';
import { webLink } from '../model/site.ts';

/** Says that a newer extension exists, or that the server takes no new recordings from this one. */
export function UpdateNotice({ connection, version }: Pick<PanelState, 'connection' | 'version'>) {
  const { update } = connection;
  if (!update) return null;
  const href = webLink(update.url, connection.server);
  return (
    <div class={`banner ${update.required ? 'warn' : 'info'}`} data-testid="update">
      <Icon name="circle-arrow-up" />
      <span>
        {update.required
          ? `The server needs version ${update.version}; this is ${version}. A recording under way may still finish.`
          : `Version ${update.version} is available; this is ${version}.`}
      </span>
      {href && (
        <a href={href} target="_blank" rel="noreferrer">
          Update
        </a>
      )}
    </div>
  );
}
