import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TrafficRow as Row } from '../../messages.ts';
import { isAtEnd, virtualWindow } from '../model/virtual-window.ts';
import { ROW_PX, TrafficRow } from './traffic-row.tsx';

interface TrafficListProps {
  rows: readonly Row[];
  /** Said in place of the list when it is empty. */
  empty: string;
}

/** The recorded requests, newest last; only what is in view is drawn, and the end is followed while it is shown. */
export function TrafficList({ rows, empty }: TrafficListProps) {
  const box = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [scrollPx, setScrollPx] = useState(0);
  const [heightPx, setHeightPx] = useState(400);
  const count = rows.length;
  const { first, end, offsetPx, totalPx } = virtualWindow({ count, rowPx: ROW_PX, scrollPx, heightPx, overscan: 6 });

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      setHeightPx(element.clientHeight);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);

  useLayoutEffect(() => {
    if (following.current && box.current) box.current.scrollTop = totalPx;
  }, [totalPx, heightPx]);

  return (
    <div
      ref={box}
      class="traffic-list"
      role="region"
      aria-label="Recorded requests"
      tabIndex={0}
      onScroll={(event) => {
        const { scrollTop, clientHeight } = event.currentTarget;
        following.current = isAtEnd({ count, rowPx: ROW_PX, scrollPx: scrollTop, heightPx: clientHeight });
        setScrollPx(scrollTop);
      }}
    >
      {count === 0 ? (
        <p class="empty">{empty}</p>
      ) : (
        <div class="traffic-space" style={{ height: `${totalPx}px` }}>
          <ul style={{ transform: `translateY(${offsetPx}px)` }}>
            {rows.slice(first, end).map((row, index) => (
              <TrafficRow key={row.key} row={row} place={first + index + 1} count={count} />
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
