import { useState } from 'preact/hooks';
import type { PanelState } from '../../messages.ts';
import { Button } from '../components/button.tsx';
import { Problem } from '../components/notice.tsx';
import { Title } from '../components/title.tsx';
import { Icon } from '../icons.tsx';
import { DEFAULT_SERVER, describeDestination, readServerAddress } from '../model/server-address.ts';
import type { Store } from '../store.ts';

export function ConnectView({ store, state }: { store: Store; state: PanelState }) {
  const [secret, setSecret] = useState('');
  const [server, setServer] = useState(state.connection.server || DEFAULT_SERVER);
  const [unfolded, setUnfolded] = useState(false);
  const [missing, setMissing] = useState<string | null>(null);
  const address = readServerAddress(server);

  function submit(): void {
    if (!address.ok) {
      setUnfolded(true);
      return setMissing(address.reason);
    }
    if (secret.trim() === '') return setMissing('Enter the code that the server shows, or an API key.');
    setMissing(null);
    void store.send({ type: 'connect', server: address.server, secret: secret.trim() });
  }

  return (
    <form
      class="view connect"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Title>Connect to a server</Title>
      <label class="field">
        <span>Code or API key</span>
        <input
          type="text"
          class="mono"
          autocomplete="off"
          spellcheck={false}
          value={secret}
          aria-describedby="secret-hint"
          data-testid="connect-secret"
          onInput={(event) => {
            setSecret(event.currentTarget.value);
          }}
        />
      </label>
      <p id="secret-hint" class="effect">
        A server on this machine prints a one-time code when it starts. Other servers give you a key.
      </p>
      <details
        class="fold"
        open={unfolded}
        onToggle={(event) => {
          setUnfolded(event.currentTarget.open);
        }}
      >
        <summary>
          <Icon name="chevron-right" size={14} />
          <span>Server:&nbsp;</span>
          <span class="mono clip">{address.ok ? address.host : 'not valid'}</span>
        </summary>
        <label class="field">
          <span>Server address</span>
          <input
            type="text"
            class="mono"
            inputMode="url"
            autocomplete="off"
            spellcheck={false}
            placeholder={DEFAULT_SERVER}
            value={server}
            aria-invalid={!address.ok}
            data-testid="connect-server"
            onInput={(event) => {
              setServer(event.currentTarget.value);
            }}
          />
        </label>
      </details>
      <Problem text={missing ?? store.problem.value ?? state.connection.error} />
      <Button kind="main" type="submit" icon="plug" busy={store.busy.value === 'connect'} testid="connect-submit">
        Connect
      </Button>
      {store.reconnecting.value && (
        <Button
          kind="quiet"
          onPress={() => {
            store.reconnecting.value = false;
          }}
        >
          Back to the recording
        </Button>
      )}
      <section class="leaves" aria-labelledby="leaves-title">
        <h2 id="leaves-title">What is recorded, and where it goes</h2>
        <ul>
          <li>
            Only the tab you record, from Record to Finish: its requests and answers, with headers and cookies, and what
            you press. Not the keys you type.
          </li>
          <li>Pictures, video and fonts count by size only.</li>
          <li data-testid="destination">{describeDestination(address)}</li>
          <li>
            The server keeps the original encrypted for a limited time, 24 hours unless set otherwise. The report holds
            placeholders instead of personal and secret values.
          </li>
        </ul>
      </section>
    </form>
  );
}
