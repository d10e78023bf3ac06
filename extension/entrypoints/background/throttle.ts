/** Calls `act` at once, then at most every `ms` milliseconds while it is asked for. */
export function createThrottle(ms: number, act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let wanted = false;
  return function ask() {
    if (timer !== null) {
      wanted = true;
      return;
    }
    timer = setTimeout(() => {
      timer = null;
      if (!wanted) return;
      wanted = false;
      ask();
    }, ms);
    act();
  };
}
