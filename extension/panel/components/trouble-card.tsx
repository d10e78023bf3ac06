import type { RecordingState, Trouble } from '../../messages.ts';
import { Icon } from '../icons.tsx';
import { TROUBLE_LOOKS, troubleAction } from '../model/troubles.ts';
import type { Store } from '../store.ts';
import { Button } from './button.tsx';
import { Title } from './title.tsx';

interface TroubleCardProps {
  store: Pick<Store, 'send' | 'busy' | 'reconnecting'>;
  recording: Pick<RecordingState, 'phase'>;
  trouble: Trouble;
  /** Beside a recording that goes on: smaller, and not the view's heading. */
  beside?: boolean;
}

/** What happened, what is safe, and the one thing to press. */
export function TroubleCard({ store, recording, trouble, beside = false }: TroubleCardProps) {
  const look = TROUBLE_LOOKS[trouble.kind];
  const { label, message } = troubleAction(recording, trouble);
  return (
    <div class={`trouble ${look.tone} ${beside ? 'beside' : ''}`} data-testid="trouble" data-kind={trouble.kind}>
      <span class="trouble-icon">
        <Icon name={look.icon} size={beside ? 16 : 24} />
      </span>
      {beside ? <h2>{look.title}</h2> : <Title>{look.title}</Title>}
      <p>{trouble.message}</p>
      <p class="safe">
        <Icon name="shield-check" size={14} />
        <span>{trouble.safe}</span>
      </p>
      <Button
        kind={beside ? 'plain' : 'main'}
        testid="trouble-action"
        busy={message !== null && store.busy.value === message.type}
        onPress={() => {
          if (message) void store.send(message);
          else store.reconnecting.value = true;
        }}
      >
        {label}
      </Button>
    </div>
  );
}
