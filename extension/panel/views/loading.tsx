import { Button } from '../components/button.tsx';
import { Problem } from '../components/notice.tsx';
import { Title } from '../components/title.tsx';
import type { Store } from '../store.ts';

/** Until the background has answered for the first time. */
export function LoadingView({ store }: { store: Store }) {
  return (
    <div class="view centred">
      <Title>Starting the recorder</Title>
      <Problem text={store.problem.value} />
      {store.problem.value !== null && <Button onPress={() => void store.refresh()}>Try again</Button>}
    </div>
  );
}
